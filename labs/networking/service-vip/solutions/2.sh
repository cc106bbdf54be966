docker service update --detach --replicas 1 --publish-add 8080:8000 web
docker service update --detach --constraint-add node.hostname==worker1 web
