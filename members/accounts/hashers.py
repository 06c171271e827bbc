"""How passwords are kept: Argon2id, by the figures of OWASP for a server that does other work beside it.

Source: OWASP Password Storage Cheat Sheet, 29 November 2026: 19 MiB, two passes, one lane. A hash by other
figures, or of Django's former kind, is written anew when its owner logs in.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane."""

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1
