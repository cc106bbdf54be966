until nc -d manager1 9000 > /root/swarm.tar.gz; do sleep 0.2; done
tar -tzf /root/swarm.tar.gz
