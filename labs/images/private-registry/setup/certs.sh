set -eu
# Keys are new each time, as they should be; they lie outside of /root, which must start the same each time.
mkdir -p /opt/certs
ln -sfn /opt/certs /root/certs
cd /opt/certs
umask 077
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj '/CN=Lab CA' -keyout ca.key -out ca.crt
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=registry' -keyout registry.key -out registry.csr
printf '%s\n' 'subjectAltName=DNS:registry' 'basicConstraints=critical,CA:FALSE' 'extendedKeyUsage=serverAuth' > extensions
openssl x509 -req -in registry.csr -CA ca.crt -CAkey ca.key -set_serial 1 -days 365 -extfile extensions -out server.crt
cat server.crt ca.crt > registry.crt
# The key of a CA has no business on a server.
rm ca.key registry.csr extensions server.crt
chmod 755 .
chmod 644 ca.crt registry.crt
