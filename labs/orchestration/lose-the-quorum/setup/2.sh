docker service create --quiet --detach --name site --mode global --endpoint-mode dnsrr --publish mode=host,published=8080,target=80 --restart-delay 0s --stop-grace-period 1s nginx
for node in manager1 manager2 manager3; do
  until curl --silent --fail --output /dev/null --max-time 2 "http://$node:8080/"; do sleep 0.2; done
done
