docker service create --detach --name other --publish 8090:80 nginx 2> /root/refused.txt
docker service create --detach --name crowd --replicas 3 --constraint node.role==worker --publish mode=host,published=8082,target=80 nginx
until [ "$(docker service ps --filter desired-state=running --format '{{.CurrentState}}' crowd | grep -c ^Running)" = 2 ]; do sleep 1; done
until docker service ps --no-trunc --format '{{.Error}}' crowd | grep . > /root/waiting.txt; do sleep 1; done
