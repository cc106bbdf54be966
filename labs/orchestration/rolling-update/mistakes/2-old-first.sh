docker service update --image webapp:2.0 --update-order stop-first --detach app
