docker service logs probe > /root/probe.log
docker service ls --filter name=web --format '{{.Image}}' > /root/image
docker service ps --filter name=web.1 --filter desired-state=running --format '{{.Node}}' web > /root/node
