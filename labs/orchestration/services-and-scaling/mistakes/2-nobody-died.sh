docker service update --replicas 4 --detach web
