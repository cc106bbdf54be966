docker create --name web nginx
docker start web
