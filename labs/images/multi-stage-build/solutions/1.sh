cd /root/app
cat > Dockerfile <<'END'
FROM python:3-slim
WORKDIR /site
COPY . .
RUN python3 build.py
CMD ["python3", "-m", "http.server", "8000", "--directory", "public"]
END
docker build -t site:1 .
docker run -d --name site1 -p 8001:8000 site:1
