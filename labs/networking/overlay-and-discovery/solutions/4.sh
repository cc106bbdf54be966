docker service update --detach --update-parallelism 0 --publish-add mode=host,published=8080,target=80 web
