docker node update --label-add zone=b manager3
docker node ls
