cd /root/notes
printf salt-and-tide-4 | docker secret create db_password -
sed -i 's/endpoint_mode/replicas: 1\n      endpoint_mode/' stack.yml
docker stack deploy -c stack.yml notes
