printf swordfish | docker secret create db_password -
docker service create --name app --env DB_PASSWORD=swordfish --detach nginx
