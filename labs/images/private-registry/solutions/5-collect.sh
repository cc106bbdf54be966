docker exec store du -sh /var/lib/registry
docker exec store registry garbage-collect /etc/docker/registry/config.yml
docker restart -t 1 store
docker exec store du -sh /var/lib/registry
