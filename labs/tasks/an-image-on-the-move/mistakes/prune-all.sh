docker load -i /root/legacy.tar
docker tag old/legacy:unknown localhost:5000/team/legacy:1.4
docker tag old/legacy:unknown localhost:5000/team/legacy:stable
docker push localhost:5000/team/legacy:1.4
docker push localhost:5000/team/legacy:stable
docker inspect --format '{{index .RepoDigests 0}}' localhost:5000/team/legacy:1.4 > /root/digest
docker rmi scratchpad:old
docker system prune -f
