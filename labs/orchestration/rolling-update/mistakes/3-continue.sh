docker service update --image webapp:3.0 --update-failure-action continue --detach app
docker service inspect --format '{{json .UpdateStatus}}' app > /root/update.json
