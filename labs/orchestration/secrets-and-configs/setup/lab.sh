docker node update --availability drain manager1
