docker swarm join-token -q worker > /root/leaked-token
