cd /root/app
cat > Dockerfile <<'END'
FROM python:3-slim
WORKDIR /site
COPY . .
CMD ["python3", "-m", "http.server", "8000"]
END
docker build -t site:1 .
docker run -d --name site1 -p 8001:8000 site:1
