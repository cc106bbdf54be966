docker run -d --name admin -p 9000:80 nginx
