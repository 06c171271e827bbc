r"""Sessions in the database, whose cookie may hold anything.

A cookie can smuggle characters that no key has (``\000`` in quotes is read as NUL), and Postgres refuses
such text with an error: what cannot be a key names no session.
"""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore


class SessionStore(DatabaseSessionStore):
    """Django's own, for keys that could be one."""

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether ``key`` looks like one of ours: letters and figures only."""
        could_be = super()._validate_session_key(key)  # type: ignore[misc]  # Django's own, which its types leave out
        return bool(could_be and key and key.isascii() and key.isalnum())
