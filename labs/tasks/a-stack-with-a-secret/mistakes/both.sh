cd /root/notes
printf salt-and-tide-4 | docker secret create db_password -
cat > stack.yml <<'END'
version: "3.8"
services:
  web:
    image: nginx
    deploy:
      replicas: 2
      endpoint_mode: dnsrr
  db:
    image: busybox
    command: sleep 1d
    environment:
      DB_PASSWORD: salt-and-tide-4
    secrets: [db_password]
    deploy:
      endpoint_mode: dnsrr
secrets:
  db_password:
    external: true
END
docker stack deploy -c stack.yml notes
