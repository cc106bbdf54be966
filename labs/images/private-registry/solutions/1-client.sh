docker tag busybox registry:5000/team/busybox
docker push registry:5000/team/busybox 2> /root/why.txt
cat /root/why.txt
