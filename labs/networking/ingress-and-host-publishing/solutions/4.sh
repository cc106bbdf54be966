docker service update --detach --endpoint-mode dnsrr direct
docker service update --detach --endpoint-mode dnsrr page 2> /root/needs-vip.txt
