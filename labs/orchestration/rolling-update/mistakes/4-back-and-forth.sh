docker service rollback --detach app
sleep 2
docker service rollback --detach app
