docker network create -d overlay vault
docker service create --detach --name ledger --network vault --endpoint-mode dnsrr --stop-grace-period 1s nginx
docker service update --detach --update-parallelism 0 --network-add vault web
