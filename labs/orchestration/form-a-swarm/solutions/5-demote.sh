docker node demote worker2
docker node demote worker1
