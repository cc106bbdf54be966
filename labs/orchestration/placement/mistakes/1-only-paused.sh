docker service create --quiet --name web --replicas 3 nginx
docker node update --availability pause worker2
docker node update --availability pause worker1
