nc -l -N 9000 < /root/swarm.tar.gz &
