# One task after the other, so that each always lands on the same node.
tasks() {
  docker service scale --detach front="$1"
  for try in $(seq 100); do
    [ "$(docker service ps --filter desired-state=running --format '{{.CurrentState}}' front | grep -c '^Running')" = "$1" ] && return
    sleep 0.2
  done
  return 1
}
docker node update --availability drain manager1
docker node update --availability drain worker2
docker service create --quiet --detach --name front --endpoint-mode dnsrr --replicas 1 nginx
tasks 1
docker node update --availability active worker2
tasks 2
docker node update --availability active manager1
tasks 3
