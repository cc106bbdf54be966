docker service update --image webapp:2.0 --update-order start-first --detach app
