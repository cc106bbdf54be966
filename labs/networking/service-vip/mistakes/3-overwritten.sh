docker service scale --detach web=3
for turn in 1 2 3; do curl -s http://manager1:8080/ | grep Served > /root/served.txt; done
