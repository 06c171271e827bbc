"""How each act of the trail is played, and that it leaves its entry."""
