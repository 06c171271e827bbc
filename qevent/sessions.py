r"""Sessions in the database, whose cookie may hold anything, read together with whose they are.

A cookie can smuggle characters that no key has (``\000`` in quotes is read as NUL), and Postgres refuses
such text with an error: what cannot be a key names no session.

Whose a session is stands in its signed data, and beside it in the list of log-ins, so that the statement
which reads the session brings that member's row along. The list decides nothing: a row that is not of who
the data name is not used, and each request reads all anew.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from common import prepared
from members.models import LogIn, Member

_SESSION = Session._meta.concrete_fields
_LOG_IN = LogIn._meta.concrete_fields
_MEMBER = Member._meta.concrete_fields
_COLUMNS = ", ".join(
    f"{field.model._meta.db_table}.{field.column}" for field in (*_SESSION, *_LOG_IN, *_MEMBER)
)
_READ = f"""
    SELECT {_COLUMNS} FROM django_session
    LEFT JOIN members_login ON members_login.session_id = django_session.session_key
    LEFT JOIN members_member ON members_member.id = members_login.member_id
    WHERE django_session.session_key = %(key)s AND django_session.expire_date > %(at)s
"""  # noqa: S608  # all of it constants


class SessionStore(DatabaseSessionStore):
    """Django's own, for keys that could be one.

    ``log_in`` is how the session is listed; ``member`` is whose it is, where that came with it.
    """

    log_in: LogIn | None = None
    member: Member | None = None

    def load(self) -> dict[str, Any]:
        """Return what the session holds. One query."""
        data: dict[str, Any] = super().load()
        if self.member is not None and str(self.member.pk) != data.get(SESSION_KEY):
            self.member = None
        return data

    def cycle_key(self) -> None:
        """Give the session another key: as Django does, but that it stays listed.

        Where its log-in was ended just now, the new key is nobody's either.
        """
        data, before = self._session, self.session_key  # type: ignore[attr-defined]  # Django's own
        self.create()
        self._session_cache = data
        listed = LogIn.objects.filter(session=before)
        if self.log_in is not None and not listed.update(session=self.session_key):
            self.delete(self.session_key)
        if before:
            self.delete(before)

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether ``key`` looks like one of ours: letters and figures only."""
        could_be = super()._validate_session_key(key)  # type: ignore[misc]  # Django's own, which its types leave out
        return bool(could_be and key and key.isascii() and key.isalnum())

    def _get_session_from_db(self) -> Any:
        """Return the row of the session; where there is none, its key is forgotten, as Django does."""
        row = self._read(self.session_key) if self.session_key else None
        if row is None:
            self._session_key = None
            return None
        log_in, member = row[len(_SESSION) :][: len(_LOG_IN)], row[len(_SESSION) + len(_LOG_IN) :]
        if log_in[0] is not None:
            self.log_in, self.member = _record(LogIn, _LOG_IN, log_in), _record(Member, _MEMBER, member)
        return _record(Session, _SESSION, row[: len(_SESSION)])

    def _read(self, key: str) -> tuple[Any, ...] | None:
        with connection.cursor() as cursor:
            prepared.execute(cursor, _READ, {"key": key, "at": timezone.now()})
            row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _record(model: Any, fields: Any, values: tuple[Any, ...]) -> Any:
    return model.from_db(connection.alias, [field.attname for field in fields], values)
