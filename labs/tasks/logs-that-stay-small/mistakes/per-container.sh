mkdir -p /etc/docker
cat > /etc/docker/daemon.json <<'END'
{
  "log-driver": "local",
  "log-opts": { "max-size": "5m", "max-file": "3" },
  "labels": ["stage=production"],
  "live-restore": true
}
END
docker run -d --name audit --log-driver local --log-opt max-size=5m --log-opt max-file=3 busybox sleep 1d
