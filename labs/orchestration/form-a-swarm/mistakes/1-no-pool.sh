docker swarm init --advertise-addr "$(hostname -i)"
