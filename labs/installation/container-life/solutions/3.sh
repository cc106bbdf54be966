docker pause web
docker stop site
