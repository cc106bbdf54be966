docker service ps --no-trunc report > /root/why.txt
docker node update --label-add zone=north worker1
