docker service update --reserve-memory 32M --limit-memory 64M --detach heavy
