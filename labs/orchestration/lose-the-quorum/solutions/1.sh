docker node ls
docker node ls --format '{{.Hostname}} {{.ManagerStatus}}' | awk '$2 == "Leader" { print $1 }' > /root/leader.txt
printf '%s\n' 1 1 2 3 > /root/tolerance.txt
