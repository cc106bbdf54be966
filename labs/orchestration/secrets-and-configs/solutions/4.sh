docker config create nginx_1 /root/nginx.conf
docker service create --name site --config source=nginx_1,target=/etc/nginx/nginx.conf --publish mode=host,published=8080,target=80 --detach nginx
