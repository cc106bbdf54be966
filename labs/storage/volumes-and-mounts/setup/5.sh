docker run --name old1 -v /data busybox true
docker run --name old2 -v /data busybox true
docker run --name older -v /data busybox true
docker rm older
