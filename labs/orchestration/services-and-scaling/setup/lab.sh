docker swarm update --dispatcher-heartbeat 2s
