cd /etc/docker/certs.d/registry:5000
curl -s --cacert ca.crt -u ada:low-tide-7 https://registry:5000/v2/_catalog > /root/catalog.json
docker tag registry:5000/team/shop@$(docker images --digests --format '{{.Tag}} {{.Digest}}' registry:5000/team/shop | sed -n 's/^<none> //p') registry:5000/team/shop:stable
docker push registry:5000/team/shop:stable
curl -s --cacert ca.crt -u ada:low-tide-7 https://registry:5000/v2/team/shop/tags/list > /root/tags.json
