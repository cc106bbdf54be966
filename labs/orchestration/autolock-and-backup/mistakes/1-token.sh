docker swarm update --autolock=true
docker swarm join-token --quiet manager > /root/unlock.key
