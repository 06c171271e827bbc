"""How passwords are kept: Argon2id, by the figures of OWASP for a server that does other work beside it.

Source: OWASP Password Storage Cheat Sheet, 29 November 2026: 19 MiB, two passes, one lane. A hash by other
figures, or of Django's former kind, is written anew when its owner logs in.
"""

from contextlib import suppress
from typing import Any

from django.contrib.auth.hashers import (
    Argon2PasswordHasher,
    PBKDF2PasswordHasher,
    get_hashers,
    make_password,
)
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from members.accounts import hashing
from members.models import Member


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane; waits for its turn, and may raise ``hashing.Busy``."""

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Return what is kept of a password."""
        with hashing.turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether this is the password of which that is kept."""
        with hashing.turn():
            return super().verify(password, encoded)


class FormerHasher(PBKDF2PasswordHasher):
    """As Django keeps passwords by itself, and we did; waits for its turn too."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Return what is kept of a password."""
        with hashing.turn():
            return super().encode(password, salt, iterations)


def hash_ahead(request: Any, password: str) -> None:
    """Hash a new password before anything is locked, for ``hashed_ahead``; may raise ``hashing.Busy``.

    One that no account may have is left alone.
    """
    with suppress(ValidationError):
        validate_password(password)
        request.hashed_ahead = {password: make_password(password)}


def hashed_ahead(request: Any, password: str) -> str | None:
    """Return what is kept of a password that this request has hashed already."""
    made: dict[str, str] = getattr(request, "hashed_ahead", {})
    return made.get(password)


def take_as_long_for_all(email: str, password: str) -> None:
    """After a wrong password, hash it in each other way in which somebody's is still kept.

    One way takes ten times as long as the other: without this, how long the answer takes would tell whether
    there is such an account. One or two queries while there are two ways.
    """
    preferred, *former = get_hashers()
    if not any(Member.objects.filter(password__startswith=f"{one.algorithm}$").exists() for one in former):
        return
    kept = Member.objects.filter(email__lower=email.lower()).values_list("password", flat=True).first() or ""
    was_tried = next((one for one in former if kept.startswith(f"{one.algorithm}$")), preferred)
    for hasher in (preferred, *former):
        if hasher is not was_tried:
            hasher.encode(password, hasher.salt())
