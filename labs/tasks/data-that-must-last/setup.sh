# As Docker names volumes that nobody named; written out, so that they are the same each time.
data=5f1c0a9be3d24c7781f6b0de92a4735c1e88d6f40b27a95ce3719d0f6a2b84c7
old=c47d3b9012ef5a68d94b7710ac3e85f2906b1d4fe8a2c75390bd16e48f07a23d
set -e
mkdir -p /srv/logbook
echo 'log of the node' > /srv/logbook/log.txt
docker run -d --name journal --stop-timeout 1 -v "$data:/data" busybox sleep 1d
docker exec journal sh -c 'echo sighted land > /data/day-1.txt; echo repaired the sail > /data/day-2.txt; echo reached the harbour > /data/day-3.txt'
docker run --rm -v charts:/charts busybox sh -c 'echo here be dragons > /charts/chart.txt'
docker run --rm -v "$old:/scratch" busybox true
