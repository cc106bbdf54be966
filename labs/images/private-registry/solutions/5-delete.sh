cd /etc/docker/certs.d/registry:5000
curl -s -i --cacert ca.crt -u ada:low-tide-7 -X DELETE https://registry:5000/v2/team/shop/manifests/$(docker image inspect --format '{{index .RepoDigests 0}}' registry:5000/team/shop:stable | cut -d @ -f 2)
