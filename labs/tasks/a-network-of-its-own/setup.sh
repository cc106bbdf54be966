docker run -d --name db busybox sh -c 'mkdir /www; echo tables > /www/index.html; exec httpd -f -p 8000 -h /www'
docker inspect --format '{{.Id}}' db > /var/lib/db-as-it-was
