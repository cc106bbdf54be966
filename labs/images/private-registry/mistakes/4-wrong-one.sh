cd /etc/docker/certs.d/registry:5000
curl -s --cacert ca.crt https://registry:5000/v2/_catalog > /root/catalog.json
docker tag shop:2.0 registry:5000/team/shop:stable
docker push registry:5000/team/shop:stable
curl -s --cacert ca.crt -u ada:low-tide-7 https://registry:5000/v2/team/shop/tags/list > /root/tags.json
