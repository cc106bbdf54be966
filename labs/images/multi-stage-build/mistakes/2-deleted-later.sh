cd /root/app
echo 'RUN rm -rf media secrets.env' >> Dockerfile
docker build -t site:2 .
