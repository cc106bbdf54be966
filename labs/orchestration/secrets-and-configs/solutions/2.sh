openssl rand -hex 16 | docker secret create api_key -
docker service update --secret-add source=api_key,target=key,uid=33,mode=0400 app
