iptables -t nat -S DOCKER | grep -- '--dport 8080' > /root/dnat.txt
