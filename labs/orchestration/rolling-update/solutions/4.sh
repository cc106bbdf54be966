docker service rollback --detach app
