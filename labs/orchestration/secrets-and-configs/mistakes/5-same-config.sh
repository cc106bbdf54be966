sed -i s/blue/green/ /root/nginx.conf
docker service update --force --detach site
