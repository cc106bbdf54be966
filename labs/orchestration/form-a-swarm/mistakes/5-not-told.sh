docker node demote worker2
docker node demote worker1
until docker node rm --force worker2; do sleep 0.5; done
