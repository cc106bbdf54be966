docker run -d --name probe --network shop busybox sleep 1d
docker exec probe nslookup -type=a web
docker exec probe nslookup -type=a web | awk '/^Name/ { named = 1 } named && /^Address/ { print $2 }' > /root/web.txt
