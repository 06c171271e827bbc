r"""Sessions in the database, whose cookie may hold anything, read together with whose they are.

A cookie can smuggle characters that no key has (``\000`` in quotes is read as NUL), and Postgres refuses
such text with an error: what cannot be a key names no session.

Whose a session is stands in its signed data alone. A process remembers it by the key, so that the statement
which reads the session brings that member's row along. What is remembered decides nothing: a row that is not
of who the data name is not used, and each request reads both anew.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from common import prepared
from common.recent import Recent
from members.models import Member

_SESSION = Session._meta.concrete_fields
_MEMBER = Member._meta.concrete_fields
_COLUMNS = ", ".join(f"{field.model._meta.db_table}.{field.column}" for field in (*_SESSION, *_MEMBER))
_READ = f"""
    SELECT {_COLUMNS} FROM django_session LEFT JOIN members_member ON members_member.id = %(owner)s
    WHERE django_session.session_key = %(key)s AND django_session.expire_date > %(at)s
"""  # noqa: S608  # all of it constants

#: Key of a session → the id of whose it is, as its data say it: text.
_owners: Recent[str] = Recent(16384)


class SessionStore(DatabaseSessionStore):
    """Django's own, for keys that could be one; ``member`` is whose it is, where that came with it."""

    member: Member | None = None

    def load(self) -> dict[str, Any]:
        """Return what the session holds. One query."""
        data: dict[str, Any] = super().load()
        self._remember(data)
        if self.member is not None and str(self.member.pk) != data.get(SESSION_KEY):
            self.member = None
        return data

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row to be written."""
        row = super().create_model_instance(data)
        self._remember(data)
        return row

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
        if row[len(_SESSION)] is not None:
            self.member = _record(Member, _MEMBER, row[len(_SESSION) :])
        return _record(Session, _SESSION, row[: len(_SESSION)])

    def _read(self, key: str) -> tuple[Any, ...] | None:
        with connection.cursor() as cursor:
            values = {"key": key, "owner": _owners.recall(key), "at": timezone.now()}
            prepared.execute(cursor, _READ, values)
            row: tuple[Any, ...] | None = cursor.fetchone()
        return row

    def _remember(self, data: dict[str, Any]) -> None:
        if self.session_key and SESSION_KEY in data:
            _owners.keep(self.session_key, data[SESSION_KEY])


def _record(model: Any, fields: Any, values: tuple[Any, ...]) -> Any:
    return model.from_db(connection.alias, [field.attname for field in fields], values)
