docker run -d --name web1 nginx
docker run -d --name web2 nginx
