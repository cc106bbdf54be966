docker service update --force --update-parallelism 0 --detach web
docker swarm update --dispatcher-heartbeat 5s
