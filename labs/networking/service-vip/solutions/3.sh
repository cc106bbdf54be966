docker service scale --detach web=3
until [ "$(docker service ps --filter desired-state=running --format '{{.CurrentState}}' web | grep -c ^Running)" = 3 ]; do sleep 1; done
sleep 2
for turn in 1 2 3 4 5 6; do curl -s http://manager1:8080/ | grep Served; done > /root/served.txt
cat /root/served.txt
