ip link add lab0 type bridge
ip addr add 10.77.0.1/24 dev lab0
ip link set lab0 up
for ns in red blue; do
  ip link add v$ns type veth peer name v${ns}0
  ip link set v${ns}0 netns $ns
  ip link set v$ns master lab0
  ip link set v$ns up
  ip -n $ns link set v${ns}0 up
done
ip -n red addr add 10.77.0.2/24 dev vred0
ip -n blue addr add 10.77.0.3/24 dev vblue0
iptables -I FORWARD -i lab0 -j ACCEPT
iptables -I FORWARD -o lab0 -j ACCEPT
ip netns exec red ping -c 1 10.77.0.3
