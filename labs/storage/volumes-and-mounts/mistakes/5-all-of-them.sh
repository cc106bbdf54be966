docker rm -v old1 old2
docker volume prune -af || docker volume prune -f # Before 23 there is no -a, and all volumes go.
