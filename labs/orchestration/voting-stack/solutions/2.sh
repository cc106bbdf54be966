sed -i -E '/^ *(depends_on|links):/,+1d; /^ *(build|container_name|restart):/d' ~/voting/stack.yml
cat >> ~/voting/stack.yml <<'END'
  worker:
    image: votingapp/worker
    deploy:
      endpoint_mode: dnsrr
      placement:
        constraints:
          - node.role == worker

  result:
    image: votingapp/result
    ports:
      - mode: host
        published: 5001
        target: 80
    deploy:
      endpoint_mode: dnsrr
      placement:
        constraints:
          - node.role == worker
END
docker stack deploy -c ~/voting/stack.yml voting
