docker swarm unlock-key --rotate
docker swarm update --cert-expiry 720h
