docker rm old1 old2
