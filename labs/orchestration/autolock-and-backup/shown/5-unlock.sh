docker swarm unlock < /root/unlock.key
docker node ls
