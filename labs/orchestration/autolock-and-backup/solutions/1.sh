docker swarm update --autolock=true
docker swarm unlock-key --quiet > /root/unlock.key
