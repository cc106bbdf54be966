docker network create -d overlay shop
docker service create --detach --name web --network shop --endpoint-mode dnsrr --replicas 2 --stop-grace-period 1s nginx
