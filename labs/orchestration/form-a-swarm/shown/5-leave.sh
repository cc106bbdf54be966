docker swarm leave
