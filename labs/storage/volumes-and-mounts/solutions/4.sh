docker run -d --name vault --read-only --tmpfs /run/keys:size=1m busybox sleep 1000
docker exec vault sh -c 'echo open sesame > /run/keys/key'
