docker swarm leave --force
rm -f /root/*.tar.gz /root/*.tgz /root/*.tar
