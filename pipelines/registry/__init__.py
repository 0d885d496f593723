"""Small durable documents that are not facts of the city: accounts, sessions, devices, rooms."""
