docker run -d --name admin -p 127.0.0.1:9000:80 nginx
