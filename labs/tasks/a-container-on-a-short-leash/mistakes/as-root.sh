docker rm -f api
docker run -d --name api -p 8080:8000 --cap-drop ALL --security-opt no-new-privileges --read-only --tmpfs /tmp --memory 64m --pids-limit 20 python:3-slim python3 -m http.server 8000 -d /usr
