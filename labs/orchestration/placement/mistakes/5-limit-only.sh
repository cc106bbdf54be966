docker service update --limit-memory 64M --detach heavy
