docker run -d --name target nginx
