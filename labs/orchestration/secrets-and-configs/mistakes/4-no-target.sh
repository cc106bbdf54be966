docker config create nginx_1 /root/nginx.conf
docker service create --name site --config nginx_1 --publish mode=host,published=8080,target=80 --detach nginx
