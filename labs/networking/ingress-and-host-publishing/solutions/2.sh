docker service create --detach --name direct --mode global --constraint node.role==worker --publish mode=host,published=8081,target=80 nginx
until [ "$(docker service ps --filter desired-state=running --format '{{.CurrentState}}' direct | grep -c ^Running)" = 2 ]; do sleep 1; done
for node in manager1 worker1 worker2; do curl -s -m 20 -o /dev/null http://$node:8081/ && echo $node; done > /root/host.txt
