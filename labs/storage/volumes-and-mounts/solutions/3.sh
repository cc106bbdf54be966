docker create --name filler -v pages:/usr/share/nginx/html nginx
mkdir -p /root/nothing
docker run -d --name empty-web -v /root/nothing:/usr/share/nginx/html nginx
