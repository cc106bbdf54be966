docker volume create ledger
docker run --rm busybox sh -c 'mkdir /data; echo remember me > /data/note.txt'
