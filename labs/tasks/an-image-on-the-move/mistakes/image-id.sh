docker load -i /root/legacy.tar
docker tag old/legacy:unknown localhost:5000/team/legacy:1.4
docker tag old/legacy:unknown localhost:5000/team/legacy:stable
docker push localhost:5000/team/legacy:1.4
docker push localhost:5000/team/legacy:stable
docker inspect --format '{{.Id}}' localhost:5000/team/legacy:1.4 > /root/digest
docker image prune -f
docker rmi scratchpad:old
