docker service create --name web --replicas 2 --detach nginx
