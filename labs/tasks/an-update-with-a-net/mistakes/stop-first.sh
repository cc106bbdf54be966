docker service update --image webapp:2.0 --replicas 4 --update-parallelism 1 --update-failure-action rollback --update-monitor 1s --detach shop
