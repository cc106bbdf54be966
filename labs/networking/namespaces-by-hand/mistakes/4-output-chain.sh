mkdir -p /srv/blue
echo 'I am blue' > /srv/blue/index.html
docker create --name bb busybox
docker cp bb:/bin/busybox /usr/local/bin/busybox
ip netns exec blue busybox httpd -h /srv/blue
iptables -t nat -A OUTPUT -d 10.77.0.1 -p tcp --dport 9090 -j DNAT --to-destination 10.77.0.3:80
