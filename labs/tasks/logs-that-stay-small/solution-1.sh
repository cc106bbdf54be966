mkdir -p /etc/docker
cat > /etc/docker/daemon.json <<'END'
{
  "log-driver": "local",
  "log-opts": { "max-size": "5m", "max-file": "3" },
  "labels": ["stage=production"],
  "live-restore": true
}
END
