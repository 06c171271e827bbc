"""Secret addresses of a comment or of following a thread: nobody makes one up, and none is stored.

A token is the number of its row and a digest of it under the site's secret key; each purpose has digests of
its own, so that the page which shows how a comment stands cannot confirm an address. It opens for as long as
the key with which it was made is known (``SECRET_KEY_FALLBACKS``), and until it is ended: the row counts how
often that was, and the digest is of the number and that count.
"""

from typing import Final

from common import keyed_digests

#: As many figures as any id of ours can have.
MAX_ID_DIGITS: Final = 18


def make(purpose: str, pk: int, version: int = 0) -> str:
    """Return the token of a row for one purpose: letters, figures and one hyphen."""
    return f"{pk}-{keyed_digests.made(_purpose(purpose), _value(pk, version))}"


def read_token(purpose: str, token: str) -> int | None:
    """Return the number of the row that the token was made for; ``None`` if it was made up."""
    pk = named(token)
    return pk if pk is not None and is_of(purpose, token, pk) else None


def named(token: str) -> int | None:
    """Return which row a token names, whoever made it; ``None`` for what is no token."""
    number = token.partition("-")[0]
    if not (token.isascii() and number.isdecimal() and len(number) <= MAX_ID_DIGITS):
        return None
    return int(number) if number == str(int(number)) else None


def is_of(purpose: str, token: str, pk: int, version: int = 0) -> bool:
    """Whether a token was made for this row and this count of ended ones."""
    return keyed_digests.is_of(_purpose(purpose), _value(pk, version), token.partition("-")[2])


def _value(pk: int, version: int) -> str:
    return f"{pk}.{version}" if version else str(pk)


def _purpose(purpose: str) -> str:
    return f"comments.{purpose}"
