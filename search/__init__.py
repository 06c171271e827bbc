"""Finding posts, sessions, themes, events and people who host, by words."""
