docker run -d --name store -p 5000:5000 -v images:/var/lib/registry registry:2
