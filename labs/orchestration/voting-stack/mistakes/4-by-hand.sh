docker service scale --detach voting_worker=2
docker service rm voting_banner
