echo 4711 | docker secret create door-code -
docker service create --quiet --detach --name site --endpoint-mode dnsrr --secret door-code --constraint node.role==worker --stop-grace-period 1s nginx
