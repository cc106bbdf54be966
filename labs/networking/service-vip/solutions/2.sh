docker service update --detach --replicas 1 --constraint-add node.hostname==worker1 --publish-add 8080:8000 web
