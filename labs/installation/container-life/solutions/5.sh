docker unpause web
docker rename web front
docker container prune -f
