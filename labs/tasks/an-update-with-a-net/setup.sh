for image in webapp:1.0 webapp:2.0 webapp:3.0; do docker pull -q "$image"; done
docker service create --quiet --detach --name shop --endpoint-mode dnsrr --replicas 3 --health-interval 1s --stop-grace-period 1s --update-monitor 1s webapp:1.0
for try in $(seq 100); do
  [ "$(docker service ps --filter desired-state=running --format '{{.CurrentState}}' shop | grep -c '^Running')" = 3 ] && exit 0
  sleep 0.3
done
exit 1
