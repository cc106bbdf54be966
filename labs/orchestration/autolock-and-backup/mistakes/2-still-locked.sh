docker node ls 2> /root/locked.txt
