docker swarm unlock-key --rotate --quiet > /root/unlock.key
docker swarm update --cert-expiry 720h
docker swarm ca --rotate
docker node ls --format 'table {{.Hostname}}\t{{.TLSStatus}}'
