cd /root/app
cat > Dockerfile <<'END'
FROM python:3-slim AS build
WORKDIR /site
COPY slow-setup.py .
RUN python3 slow-setup.py
COPY . .
RUN python3 build.py

FROM busybox
COPY --from=build /site/public /www
USER nobody
EXPOSE 8000
CMD ["httpd", "-f", "-p", "8000", "-h", "/www"]
END
docker build -t site:4 .
docker run -d --name site4 -p 8004:8000 site:4
