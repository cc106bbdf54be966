docker node rm --force manager2 manager3
for turn in 1 2; do docker swarm join-token --quiet worker | nc -l -N 9000; done &
