docker run -d --name store --restart unless-stopped -p 5000:5000 -v images:/var/lib/registry -v /root/certs:/certs:ro -e REGISTRY_HTTP_TLS_CERTIFICATE=/certs/registry.crt -e REGISTRY_HTTP_TLS_KEY=/certs/registry.key registry:2
until curl -ks -o /dev/null https://localhost:5000/v2/; do sleep 0.2; done
