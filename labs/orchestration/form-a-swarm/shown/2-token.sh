docker swarm join-token worker
