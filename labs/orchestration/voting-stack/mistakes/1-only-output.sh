docker stack deploy -c ~/voting/stack.yml voting > /root/warnings.txt
