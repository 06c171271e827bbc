"""Secret addresses of a comment or of following a thread: nobody makes one up, and nothing is stored.

A token is the number of its row and a digest of it under the site's secret key; each purpose has digests of
its own, so that the page which shows how a comment stands cannot confirm an address. It opens for as long as
the key with which it was made is known (``SECRET_KEY_FALLBACKS``).
"""

from typing import Final

from common import keyed_digests

#: As many figures as any id of ours can have.
MAX_ID_DIGITS: Final = 18


def make(purpose: str, pk: int) -> str:
    """Return the token of a row for one purpose: letters, figures and one hyphen."""
    return f"{pk}-{keyed_digests.made(_purpose(purpose), str(pk))}"


def read_token(purpose: str, token: str) -> int | None:
    """Return the number of the row that the token was made for; ``None`` if it was made up."""
    number, _, digest = token.partition("-")
    if not (token.isascii() and number.isdecimal() and len(number) <= MAX_ID_DIGITS):
        return None
    pk = int(number)
    is_ours = number == str(pk) and keyed_digests.is_of(_purpose(purpose), number, digest)
    return pk if is_ours else None


def _purpose(purpose: str) -> str:
    return f"comments.{purpose}"
