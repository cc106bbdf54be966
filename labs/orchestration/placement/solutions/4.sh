docker node update --label-add rack=a manager1
docker node update --label-add rack=a worker1
docker node update --label-add rack=b worker2
docker service create --name shop --replicas 4 --placement-pref spread=node.labels.rack --detach nginx
docker service create --name cache --replicas 4 --replicas-max-per-node 1 --detach nginx
