printf sturgeon | docker secret create db_password_2 -
docker service update --secret-rm db_password --secret-add source=db_password_2,target=db_password --detach app
docker secret rm db_password
