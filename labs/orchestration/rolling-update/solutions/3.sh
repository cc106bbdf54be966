docker service update --image webapp:3.0 app
docker service inspect --format '{{json .UpdateStatus}}' app > /root/update.json
