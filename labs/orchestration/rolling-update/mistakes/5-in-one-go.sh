docker service update --image webapp:3.0 --update-failure-action rollback --detach app
