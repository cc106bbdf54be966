docker run -d --name shop -p 80:8080 nginx
