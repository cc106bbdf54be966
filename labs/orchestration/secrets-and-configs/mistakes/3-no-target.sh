printf sturgeon | docker secret create db_password_2 -
docker service update --secret-rm db_password --secret-add db_password_2 --detach app
docker secret rm db_password
