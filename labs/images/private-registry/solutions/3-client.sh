echo low-tide-7 | docker login --username ada --password-stdin registry:5000
docker tag shop:2.0 registry:5000/team/shop:2.0
docker push registry:5000/team/shop:2.0
one=$(docker image inspect --format '{{index .RepoDigests 0}}' registry:5000/team/shop:1.0)
docker rmi shop:1.0 registry:5000/team/shop:1.0
docker pull "$one"
