docker swarm unlock < /root/unlock.key
until timeout 5 docker node ls; do sleep 1; done
