until docker service ps --no-trunc report | grep -q 'not satisfied'; do sleep 1; done
docker service ps --no-trunc report > /root/why.txt
docker node update --label-add zone=north worker1
