"""What Postgres can hold of a text that somebody sent past a form."""


def storable(text: str) -> str:
    """Return ``text`` without NUL and halves of characters, which no database takes."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
