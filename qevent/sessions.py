r"""Sessions in the database, whose cookie may hold anything.

A cookie can smuggle characters that no key has (``\000`` in quotes is read as NUL), and Postgres refuses
such text with an error: what cannot be a key names no session.
"""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.utils import timezone

from common.statements import Statement

_ROW: Statement[Any] = Statement(
    lambda key, at: SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=at)
)


class SessionStore(DatabaseSessionStore):
    """Django's own, for keys that could be one."""

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether ``key`` looks like one of ours: letters and figures only."""
        could_be = super()._validate_session_key(key)  # type: ignore[misc]  # Django's own, which its types leave out
        return bool(could_be and key and key.isascii() and key.isalnum())

    def _get_session_from_db(self) -> Any:
        """Return the row of the session; where there is none, its key is forgotten, as Django does."""
        found = _ROW.first(key=self.session_key, at=timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found
