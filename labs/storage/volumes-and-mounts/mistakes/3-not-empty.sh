docker run --rm -v pages:/p busybox sh -c 'echo mine > /p/mine.txt'
docker create --name filler -v pages:/usr/share/nginx/html nginx
mkdir -p /root/nothing
docker run -d --name empty-web -v /root/nothing:/usr/share/nginx/html nginx
