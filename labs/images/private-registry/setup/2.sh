set -eu
docker build -q -t shop:1.0 --build-arg VERSION=1.0 /root/shop
docker build -q -t shop:2.0 --build-arg VERSION=2.0 /root/shop
