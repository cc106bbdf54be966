docker run --rm --volumes-from journal -v journal-data:/new busybox cp -a /data/. /new/
docker rm -f -v journal
docker run -d --name journal -v journal-data:/data -v /srv/logbook:/logbook:ro busybox sleep 1d
docker run --rm -v journal-data:/data:ro -v /root:/backup busybox tar -czf /backup/journal.tar.gz -C /data .
docker volume prune -af || docker volume prune -f # Before 23 there is no -a, and all volumes go.
