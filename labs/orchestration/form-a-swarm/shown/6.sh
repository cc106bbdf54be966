docker swarm join-token --rotate worker
