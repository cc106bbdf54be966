docker node ls 2> /root/error.txt
docker ps
