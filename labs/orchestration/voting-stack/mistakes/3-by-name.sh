curl -s -d vote=Cats http://worker1:5000/ | grep voted
curl -s -d vote=Cats http://worker1:5000/ | grep voted
curl -s -d vote=Dogs http://worker1:5000/ | grep voted
sleep 2
curl -s http://worker1:5001/counts.json
docker service logs voting_worker > /root/worker.log
