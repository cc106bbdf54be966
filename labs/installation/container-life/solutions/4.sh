docker run --name answer busybox sh -c 'exit 42'
docker run --name missing busybox no-such-command
docker run -d --name stubborn busybox sleep 600
docker kill stubborn
