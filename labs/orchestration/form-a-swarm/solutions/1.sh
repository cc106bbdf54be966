docker swarm init --advertise-addr "$(hostname -i)" --default-addr-pool 10.20.0.0/16
