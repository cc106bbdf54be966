tar -C /var/lib/docker -czf /root/swarm.tar.gz swarm
nc -l -N 9000 < /root/swarm.tar.gz &
