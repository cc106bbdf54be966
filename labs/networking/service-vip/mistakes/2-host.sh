docker service update --detach --replicas 1 --constraint-add node.hostname==worker1 --publish-add mode=host,published=8080,target=8000 web
