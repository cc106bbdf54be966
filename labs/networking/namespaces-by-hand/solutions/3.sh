ip -n red route add default via 10.77.0.1
ip -n blue route add default via 10.77.0.1
iptables -t nat -A POSTROUTING -s 10.77.0.0/24 ! -o lab0 -j MASQUERADE
