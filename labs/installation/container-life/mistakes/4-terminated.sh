docker run --name answer busybox sh -c 'exit 42'
docker run --name missing busybox no-such-command
docker run -d --name stubborn busybox sh -c 'trap "exit 143" TERM; while true; do sleep 0.1; done'
docker stop stubborn
