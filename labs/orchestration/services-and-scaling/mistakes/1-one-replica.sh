docker service create --name web --detach nginx
