docker run -d --name api -p 8080:8000 python:3-slim python3 -m http.server 8000 -d /usr
for try in $(seq 50); do curl -sf -o /dev/null http://localhost:8080/ && exit 0; sleep 0.2; done
exit 1
