until timeout 3 docker info 2> /dev/null | grep 'does not have a leader'; do sleep 1; done
timeout 30 docker node ls 2> /root/error.txt
docker ps
