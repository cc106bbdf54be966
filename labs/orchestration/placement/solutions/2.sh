docker node update --availability active worker1
docker node update --availability active --label-add disk=ssd worker2
docker service create --name db --replicas 2 --constraint node.labels.disk==ssd --detach nginx
docker service update --constraint-add node.role==worker --detach web
