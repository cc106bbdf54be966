docker swarm leave --force
until token=$(nc -d manager1 9000) && [ -n "$token" ]; do sleep 0.2; done
docker swarm join --token "$token" manager1:2377
