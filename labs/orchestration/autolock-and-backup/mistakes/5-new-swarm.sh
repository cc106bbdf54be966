docker swarm init --advertise-addr eth0
