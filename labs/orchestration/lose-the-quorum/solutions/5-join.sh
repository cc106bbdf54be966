docker swarm leave --force
docker swarm join --token "$(nc -d manager1 9000)" manager1:2377
