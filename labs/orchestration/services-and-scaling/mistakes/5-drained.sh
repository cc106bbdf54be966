docker node update --availability drain worker2
