"""Members, guests and visitors in a browser."""
