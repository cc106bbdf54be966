docker run -d --name audit busybox sleep 1d
