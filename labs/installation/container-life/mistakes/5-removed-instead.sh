docker unpause web
docker rm -f web
docker container prune -f
