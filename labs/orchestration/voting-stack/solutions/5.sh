docker stack rm voting
until docker volume rm voting_votes; do sleep 1; done
