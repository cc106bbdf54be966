docker service create --name app --replicas 3 --health-interval 1s --detach webapp:1.0
