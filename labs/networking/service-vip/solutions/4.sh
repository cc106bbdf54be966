docker service create --detach --name docs --network shop --stop-grace-period 1s nginx
docker config create front-conf ~/front/nginx.conf
until docker service ps docs --format '{{.CurrentState}}' | grep ^Running; do sleep 1; done
docker service create --detach --name front --network shop --config source=front-conf,target=/etc/nginx/nginx.conf --publish 80:80 nginx
