mkdir -p /root/old
cp /root/unlock.key /root/old/unlock.key
# Just after the restart of the step before, the manager may not lead yet.
until timeout 5 docker swarm ca > /root/old/ca.pem 2> /dev/null; do sleep 0.5; done
