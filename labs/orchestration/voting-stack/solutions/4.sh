sed -i '/^  banner:/,/^$/d' ~/voting/stack.yml
sed -i '/image: votingapp.worker/,/deploy:/s/deploy:/&\n      replicas: 2/' ~/voting/stack.yml
docker stack deploy --prune -c ~/voting/stack.yml voting
