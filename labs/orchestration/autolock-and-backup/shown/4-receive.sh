nc -d manager1 9000 > /root/swarm.tar.gz
tar -tzf /root/swarm.tar.gz
