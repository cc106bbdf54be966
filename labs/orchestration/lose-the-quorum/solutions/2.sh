docker node ls
docker node update --label-add zone=b manager3
