docker node ls 2> /root/locked.txt
docker swarm unlock < /root/unlock.key
docker node ls
