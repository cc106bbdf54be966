docker service create --quiet --name report --constraint node.labels.zone==north --detach nginx
