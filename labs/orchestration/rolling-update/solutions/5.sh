docker service update --update-failure-action rollback --detach app
docker service update --image webapp:3.0 --detach app
