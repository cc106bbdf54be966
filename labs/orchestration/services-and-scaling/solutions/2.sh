docker service scale --detach web=4
until docker ps --filter name=web. --format '{{.Names}}' | grep .; do sleep 0.5; done
docker kill $(docker ps -q --filter name=web. | head -n 1)
