"""The team in a browser."""
