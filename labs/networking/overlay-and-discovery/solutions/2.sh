docker service create --detach --name stock --network name=shop,alias=warehouse --endpoint-mode dnsrr --stop-grace-period 1s nginx
