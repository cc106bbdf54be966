docker service create --name app --replicas 3 --update-parallelism 2 --update-delay 2s --update-monitor 1s --health-interval 1s --detach webapp:1.0
