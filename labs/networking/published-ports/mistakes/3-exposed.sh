docker run -d --name lucky --expose 80 nginx
docker port lucky 80/tcp | head -n 1 | sed 's/.*://' > /root/port.txt
