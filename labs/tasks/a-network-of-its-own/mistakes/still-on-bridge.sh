docker network create --subnet 10.20.0.0/24 shop
docker network connect --alias database shop db
docker run -d --name web --network shop -p 127.0.0.1:8080:80 nginx
