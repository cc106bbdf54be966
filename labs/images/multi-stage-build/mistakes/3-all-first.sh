cd /root/app
cat > Dockerfile <<'END'
FROM python:3-slim
WORKDIR /site
COPY . .
RUN python3 slow-setup.py
RUN python3 build.py
CMD ["python3", "-m", "http.server", "8000", "--directory", "public"]
END
docker build -t site:3 .
