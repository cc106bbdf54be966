printf swordfish | docker secret create db_password -
docker service create --name app --secret db_password --detach nginx
