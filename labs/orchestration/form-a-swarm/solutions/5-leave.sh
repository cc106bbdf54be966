# Until the demotion has arrived here, the node refuses.
until docker swarm leave; do sleep 1; done
