nc -d worker1 9000 > /root/swarm.tar.gz
tar -C /var/lib/docker -xzf /root/swarm.tar.gz
