cd /root/app
printf 'media\nsecrets.env\n' > .dockerignore
docker build -t site:2 .
