mkdir -p /etc/docker
cat > /etc/docker/daemon.json <<'END'
{
  "log-driver": "local",
  "log-opts": { "max-size": "5m", "max-file": "3" },
  "labels": ["stage=production"],
  "live-restore": true
}
END
pkill -HUP dockerd
docker run -d --name audit busybox sleep 1d
