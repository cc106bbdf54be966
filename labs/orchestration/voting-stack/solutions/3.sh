# The deploy may still be replacing the task that takes the votes.
curl -s --retry 9 --retry-all-errors -d vote=a http://worker1:5000/ | grep voted
curl -s --retry 9 --retry-all-errors -d vote=a http://worker1:5000/ | grep voted
curl -s --retry 9 --retry-all-errors -d vote=b http://worker1:5000/ | grep voted
until docker service logs voting_worker 2>&1 | grep 'Counted a vote for b'; do sleep 1; done
curl -s http://worker1:5001/counts.json
docker service logs voting_worker > /root/worker.log
