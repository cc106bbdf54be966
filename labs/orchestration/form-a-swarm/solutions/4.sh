docker node promote worker1 worker2
