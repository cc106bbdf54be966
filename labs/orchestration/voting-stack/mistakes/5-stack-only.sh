docker stack rm voting
sleep 5
