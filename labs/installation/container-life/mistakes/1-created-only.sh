docker create --name web nginx
