cd /root/app
echo 'USER nobody' >> Dockerfile
docker build -t site:4 .
docker run -d --name site4 -p 8004:8000 site:4
