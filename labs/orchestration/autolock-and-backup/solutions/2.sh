docker node ls 2> /root/locked.txt
docker swarm unlock < /root/unlock.key
until timeout 5 docker node ls; do sleep 1; done
