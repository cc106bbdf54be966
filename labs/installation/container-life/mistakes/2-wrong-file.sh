mkdir -p /usr/share/nginx/html
docker exec site echo hello from inside > /usr/share/nginx/html/index.html
curl -s localhost:8080
docker logs site > /root/site.log 2>&1
