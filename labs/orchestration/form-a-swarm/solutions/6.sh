docker swarm join-token --rotate worker
# worker2 fetches the new token, as you would by copying it.
docker swarm join-token -q worker > /tmp/token
timeout 60 nc -lN 9000 < /tmp/token &
