cd /root/report
cat > Dockerfile <<'END'
FROM python:3-slim
WORKDIR /report
COPY build.py landings.csv ./
RUN python3 build.py
USER nobody
HEALTHCHECK --interval=2s CMD ["python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/report.html')"]
CMD ["python3", "-m", "http.server", "8000", "-d", "out"]
END
docker build -t report:1.0 .
docker run -d --name report -p 8080:8000 report:1.0
