docker pause web
docker kill site
