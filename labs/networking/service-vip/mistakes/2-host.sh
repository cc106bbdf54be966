docker service update --detach --replicas 1 --publish-add mode=host,published=8080,target=8000 web
docker service update --detach --constraint-add node.hostname==worker1 web
