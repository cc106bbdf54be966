docker exec $(docker ps -q --filter name=app.) grep /run/secrets/db_password /proc/mounts > /root/mount.txt
