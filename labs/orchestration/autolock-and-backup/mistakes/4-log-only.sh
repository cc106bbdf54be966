tar -C /var/lib/docker -czf /root/swarm.tar.gz swarm/raft swarm/docker-state.json
nc -l -N 9000 < /root/swarm.tar.gz &
