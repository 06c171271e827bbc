"""Who was in a session, as its hosts see and correct it, for as long as they see who comes.

Only where people book: of a session that is open to all who are registered hosts are given no names.
"""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from events.models import Session
from hosting.access import HostingRefused, Reader
from hosting.people import seen_by
from live import who_came
from live.models import Attendance
from live.who_came import WhoCame


class NobodyBooks(HostingRefused):
    """There is no list of who comes."""

    def __init__(self) -> None:
        super().__init__(_("Nobody books this session, so there is no list of who was there."))


def came(session: Session, reader: Reader, *, at: datetime) -> WhoCame:
    """Return who was there. Raises what ``people.seen_by`` raises, and ``NobodyBooks``."""
    _check(session, reader, at)
    return who_came.who_came(session)


def correct(session: Session, reader: Reader, ids: Collection[int], *, came: bool, at: datetime) -> list[str]:
    """Decide whether these were there; return their names. Raises ``AttendanceRefused`` besides."""
    _check(session, reader, at)
    return who_came.correct(session, ids, came=came, source=Attendance.Source.HOST, by=reader.by, at=at)


def _check(session: Session, reader: Reader, at: datetime) -> None:
    if seen_by(session, reader, at=at).places is None:
        raise NobodyBooks
