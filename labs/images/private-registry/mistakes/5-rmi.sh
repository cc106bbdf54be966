docker rmi registry:5000/team/shop:stable
