docker run -d --name shop nginx
