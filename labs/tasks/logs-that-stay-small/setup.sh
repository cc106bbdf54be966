docker run -d --name web --restart always -p 8080:80 nginx
