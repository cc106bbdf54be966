docker rm -v old1 old2
docker volume prune -f
