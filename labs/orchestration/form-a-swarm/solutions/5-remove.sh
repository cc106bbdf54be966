# --force spares the fifteen seconds until the node counts as Down.
docker node rm --force worker2
