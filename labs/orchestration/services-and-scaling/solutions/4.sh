docker service logs probe > /root/probe.log
docker service inspect --format '{{.Spec.TaskTemplate.ContainerSpec.Image}}' web > /root/image
docker service ps --filter name=web.1 --filter desired-state=running --format '{{.Node}}' web > /root/node
