docker service create --quiet --name heavy --reserve-memory 4T --detach nginx
