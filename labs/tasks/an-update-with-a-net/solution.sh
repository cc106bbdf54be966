docker service update --image webapp:2.0 --replicas 4 --update-order start-first --update-parallelism 1 --update-failure-action rollback --update-monitor 5s shop
docker service update --image webapp:3.0 --detach shop
until docker service inspect --format '{{.UpdateStatus.State}}' shop | grep -q rollback_completed; do sleep 0.5; done
