until nc -d worker1 9000 > /root/swarm.tar.gz; do sleep 0.2; done
tar -C /var/lib/docker -xzf /root/swarm.tar.gz
