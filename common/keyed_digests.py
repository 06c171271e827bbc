"""Digests that only this site can make: HMAC-SHA256 (RFC 2104) under its secret key, one for each purpose.

A digest that went out, or lies in a table, was made with the key of its day. After a rotation the keys of
before are in ``SECRET_KEY_FALLBACKS``: what is made is made with the key of today, what is compared is
compared with all of them.
"""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac


def made(purpose: str, value: str) -> str:
    """Return the digest of a value under the key of today: 64 hexadecimal figures."""
    return _digest(purpose, value, settings.SECRET_KEY)


def of_before(purpose: str, value: str) -> list[str]:
    """Return what the digest was under each key of before, the latest first."""
    return [_digest(purpose, value, key) for key in settings.SECRET_KEY_FALLBACKS]


def is_of(purpose: str, value: str, digest: str) -> bool:
    """Whether a digest was made of the value, with the key of today or one of before."""
    known = [made(purpose, value), *of_before(purpose, value)]
    return any(constant_time_compare(one, digest) for one in known)


def _digest(purpose: str, value: str, key: str) -> str:
    return salted_hmac(purpose, value, secret=key, algorithm="sha256").hexdigest()
