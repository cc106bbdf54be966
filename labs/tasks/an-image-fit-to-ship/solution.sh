cd /root/report
cat > Dockerfile <<'END'
FROM python:3-slim AS build
WORKDIR /report
COPY build.py landings.csv ./
RUN python3 build.py

FROM busybox
COPY --from=build /report/out /www
USER nobody
EXPOSE 8000
HEALTHCHECK --interval=2s --timeout=2s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8000/report.html"]
CMD ["httpd", "-f", "-p", "8000", "-h", "/www"]
END
docker build -t report:1.0 .
docker run -d --name report -p 8080:8000 report:1.0
