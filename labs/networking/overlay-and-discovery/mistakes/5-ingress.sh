namespace=/var/run/docker/netns/1-$(docker network ls --no-trunc --quiet --filter name=ingress | cut -c 1-10)
nsenter --net=$namespace ip -d link show type vxlan | grep -o 'vxlan id [0-9]*' | cut -d ' ' -f 3 > /root/vni.txt
