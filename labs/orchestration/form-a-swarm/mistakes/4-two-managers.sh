docker node promote worker1
