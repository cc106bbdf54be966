docker run -d --name probe --network shop busybox sleep 1d
docker exec probe nslookup -type=a web | grep Address | sed 's/.* //; s/:53//' > /root/web.txt
