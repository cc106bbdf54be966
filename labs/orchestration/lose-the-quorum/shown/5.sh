docker node rm --force manager2 manager3
docker swarm join-token manager
