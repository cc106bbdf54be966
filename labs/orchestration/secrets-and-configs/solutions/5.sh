sed -i s/blue/green/ /root/nginx.conf
docker config create nginx_2 /root/nginx.conf
docker service update --config-rm nginx_1 --config-add source=nginx_2,target=/etc/nginx/nginx.conf --detach site
docker config rm nginx_1
