docker service create --detach --name page --constraint node.hostname==worker1 --publish 8080:80 nginx
until [ "$(docker service ps --filter desired-state=running --format '{{.CurrentState}}' page | grep -c ^Running)" = 1 ]; do sleep 1; done
for node in manager1 worker1 worker2; do until curl -s -m 20 -o /dev/null http://$node:8080/; do sleep 1; done; done
for node in manager1 worker1 worker2; do curl -s -m 20 -o /dev/null http://$node:8080/ && echo $node; done > /root/ingress.txt
