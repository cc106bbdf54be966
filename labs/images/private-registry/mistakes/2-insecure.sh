echo '{ "insecure-registries": ["registry:5000"] }' > /etc/docker/daemon.json
pkill -HUP -x dockerd
docker tag shop:1.0 registry:5000/team/shop:1.0
docker push registry:5000/team/shop:1.0
