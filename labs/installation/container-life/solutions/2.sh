docker exec site sh -c 'echo hello from inside > /usr/share/nginx/html/index.html'
curl -s localhost:8080
docker logs site > /root/site.log 2>&1
