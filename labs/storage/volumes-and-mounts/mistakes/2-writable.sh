mkdir -p /root/site
echo 'served from the node' > /root/site/index.html
docker run -d --name web -p 8080:80 -v /root/site:/usr/share/nginx/html nginx
