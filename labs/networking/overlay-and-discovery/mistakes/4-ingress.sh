docker service update --detach --publish-add 8080:80 web
