docker run -d --name site -p 8080:80 nginx
