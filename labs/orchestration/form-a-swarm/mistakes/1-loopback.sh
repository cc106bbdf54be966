docker swarm init --advertise-addr 127.0.0.1 --default-addr-pool 10.20.0.0/16
