docker node rm --force worker2
