docker service update --image webapp:2.0 --replicas 4 --update-order start-first --update-parallelism 1 --update-monitor 1s --detach shop
