docker stack deploy -c ~/voting/stack.yml voting 2> /root/warnings.txt
cat /root/warnings.txt
