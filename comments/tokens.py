"""Secret addresses of a comment or of following a thread: nobody makes one up, and nothing is stored.

A token is the number of its row and a digest of it under the site's secret key (HMAC, RFC 2104); each
purpose has digests of its own, so that the page which shows how a comment stands cannot confirm an address.
"""

from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

#: As many figures as any id of ours can have.
MAX_ID_DIGITS: Final = 18


def make(purpose: str, pk: int) -> str:
    """Return the token of a row for one purpose: letters, figures and one hyphen."""
    digest = salted_hmac(f"comments.{purpose}", str(pk), algorithm="sha256").hexdigest()
    return f"{pk}-{digest}"


def read_token(purpose: str, token: str) -> int | None:
    """Return the number of the row that the token was made for; ``None`` if it was made up."""
    number, _, _ = token.partition("-")
    if not (token.isascii() and number.isdecimal() and len(number) <= MAX_ID_DIGITS):
        return None
    return int(number) if constant_time_compare(make(purpose, int(number)), token) else None
