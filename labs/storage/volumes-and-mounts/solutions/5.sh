docker rm -v old1 old2
docker volume ls -q | grep -E '^[0-9a-f]{64}$' | xargs docker volume rm
