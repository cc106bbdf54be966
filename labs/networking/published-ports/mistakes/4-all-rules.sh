iptables -t nat -S DOCKER > /root/dnat.txt
