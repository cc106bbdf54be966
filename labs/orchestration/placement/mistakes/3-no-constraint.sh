docker service ps --no-trunc report > /root/why.txt
docker service update --constraint-rm node.labels.zone==north --detach report
