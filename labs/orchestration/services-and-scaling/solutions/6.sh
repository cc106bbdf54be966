until docker node ls --format '{{.Hostname}} {{.Status}}' | grep 'worker2 Ready'; do sleep 1; done
docker service update --force --update-parallelism 0 --detach web
docker swarm update --dispatcher-heartbeat 5s
