docker node update --availability drain worker1
docker node update --label-add disk=ssd worker2
docker service create --detach --name ledger --replicas 2 --constraint node.hostname==worker2 --limit-memory 64M busybox sleep 1d
