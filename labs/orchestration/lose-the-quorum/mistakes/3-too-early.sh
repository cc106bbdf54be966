docker node ls > /root/error.txt 2>&1
