docker swarm init --force-new-cluster --advertise-addr eth0
docker node ls
