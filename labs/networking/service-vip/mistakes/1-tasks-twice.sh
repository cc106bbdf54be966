docker network create -d overlay --attachable shop
docker service create --detach --name web --network shop --replicas 3 --stop-grace-period 1s webapp:1.0
docker run -d --name probe --network shop busybox sleep 1d
until [ "$(docker service ps --format '{{.CurrentState}}' web | grep -c ^Running)" = 3 ]; do sleep 1; done
docker exec probe nslookup -type=a tasks.web | awk '/^Name/ { named = 1 } named && /^Address/ { print $2 }' > /root/tasks.txt
cp /root/tasks.txt /root/vip.txt
