iptables -t nat -A POSTROUTING -s 10.77.0.0/24 ! -o lab0 -j MASQUERADE
