namespace=/var/run/docker/netns/1-$(docker network ls --no-trunc --quiet --filter name=shop | cut -c 1-10)
nsenter --net=$namespace ip -d link show type vxlan | grep -o 'vxlan id [0-9]*' | cut -d ' ' -f 3 > /root/vni.txt
timeout 20 tcpdump -ni eth0 -c 4 udp port 4789 > /root/capture.txt 2> /dev/null &
sleep 2
for address in $(docker exec probe nslookup -type=a web | awk '/^Name/ { named = 1 } named && /^Address/ { print $2 }'); do docker exec probe ping -c 3 -W 2 $address; done
wait
cat /root/capture.txt
