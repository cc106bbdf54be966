docker node rm --force manager2 manager3
# By hand you would copy the token; here each of the two fetches it from port 9000.
for turn in 1 2; do docker swarm join-token --quiet manager | nc -l -N 9000; done &
