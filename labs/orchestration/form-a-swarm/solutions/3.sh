ss -lntu
echo 2377 > /root/control-port
docker node inspect --format '{{.Status.Addr}}' worker1 > /root/worker1-address
docker network inspect --format '{{(index .IPAM.Config 0).Subnet}}' ingress > /root/ingress-subnet
