docker node update --availability drain manager2
docker node update --label-add zone=b manager3
