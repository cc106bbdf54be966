mkdir -p /root/auth
htpasswd -Bbn ada low-tide-7 > /root/auth/htpasswd
docker rm -f store
docker run -d --name store --restart unless-stopped -p 5000:5000 -v images:/var/lib/registry -v /root/certs:/certs:ro -v /root/auth:/auth:ro -e REGISTRY_HTTP_TLS_CERTIFICATE=/certs/registry.crt -e REGISTRY_HTTP_TLS_KEY=/certs/registry.key -e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_REALM=Lab -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry:2
