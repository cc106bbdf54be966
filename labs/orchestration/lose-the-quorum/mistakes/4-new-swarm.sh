docker swarm leave --force
docker swarm init --advertise-addr eth0
