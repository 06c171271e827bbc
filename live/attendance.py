"""Noting who was in a session: they pressed *Join*, said so themselves, or somebody who was there decided.

Each is one statement with its entry of the trail, so that a thousand can press within a minute. It reads the
session and the registration under locks that many can share: whoever cancels the session, switches noting off
or gives the registration up comes before or after, never in between. What was pressed first counts; pressing
again changes nothing. Whoever said that they were there can take it back, while nobody has decided and they
have not pressed *Join*. What a host or the team decided goes before what was pressed, and before what the
meeting's report says, which then only adds the minutes.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from common import prepared
from common.transactions import retried
from events.joining_details import JOINS_BEFORE
from events.models import Registration, Session
from live.models import Attendance

#: Until so long after its end somebody may say that they were there, or it is decided.
SAID_FOR: Final = timedelta(days=28)
DECIDED_FOR: Final = timedelta(days=365)

#: Of a session where attendance is noted, whoever is registered for its event; the session is locked first.
_BOTH: Final = """
    session AS MATERIALIZED (
        SELECT events_session.id, event_id, starts_at FROM events_session
        WHERE events_session.id = %(session)s AND status = 'published' AND notes_attendance
        FOR SHARE
    ), both_are AS MATERIALIZED (
        SELECT events_registration.id AS registration_id, session.id AS session_id
        FROM session JOIN events_registration USING (event_id)
        WHERE events_registration.id = %(registration)s AND events_registration.status = 'confirmed'
          AND starts_at <= %(started_by)s
        FOR SHARE OF events_registration
    )
"""


def _noting(columns: str, values: str, otherwise: str, act: Act) -> str:
    """Return the statement that writes ``values`` of both, or ``otherwise`` where there is a row."""
    rows = "(SELECT id, %(member)s::bigint AS member_id FROM noted) AS these"
    return f"""WITH {_BOTH}, noted AS (
        INSERT INTO live_attendance (registration_id, session_id, {columns})
        SELECT registration_id, session_id, {values} FROM both_are
        ON CONFLICT (registration_id, session_id) DO UPDATE SET {otherwise}
        RETURNING id
    ) {trail.insert_for(rows, Attendance, f"'{act.value}'")}"""  # noqa: S608  # all of it constants


def _pressing(column: str, act: Act, again: str = "FALSE") -> str:
    """Return the statement of what somebody presses: once, and ``again`` where it is to count anew."""
    at = f"{column} = EXCLUDED.{column} WHERE live_attendance.{column} IS NULL OR ({again})"
    return _noting(f"{column}, decided_by", "%(at)s::timestamptz, ''", at, act)


_JOIN: Final = _pressing("joined_at", Act.ATTENDANCE_JOINED)
#: Whoever is told that they were not there can say once more that they were: it waits for the team.
_OBJECTED: Final = "live_attendance.came IS FALSE AND live_attendance.said_at <= live_attendance.decided_at"
_SAY: Final = _pressing("said_at", Act.ATTENDANCE_SAID, again=_OBJECTED)
_IS_SETTLED: Final = "%(source)s = 'report' AND live_attendance.decided_by IN ('host', 'team')"
_CORRECT: Final = _noting(
    "came, minutes, decided_by, decided_at",
    "%(came)s::boolean, %(minutes)s::smallint, %(source)s, %(at)s::timestamptz",
    ", ".join(
        [
            *(
                f"{name} = CASE WHEN {_IS_SETTLED} THEN live_attendance.{name} ELSE EXCLUDED.{name} END"
                for name in ("came", "decided_by", "decided_at")
            ),
            "minutes = coalesce(EXCLUDED.minutes, live_attendance.minutes)",
        ]
    ),
    Act.ATTENDANCE_CORRECTED,
)


#: What they said, where it is all that is known: then nothing is known any more.
_TAKE_BACK: Final = f"""WITH noted AS (
        DELETE FROM live_attendance
        WHERE registration_id = %(registration)s AND session_id = %(session)s
          AND said_at IS NOT NULL AND joined_at IS NULL AND came IS NULL
        RETURNING id
    ) {
    trail.insert_for(
        "(SELECT id, %(member)s::bigint AS member_id FROM noted) AS these",
        Attendance,
        f"'{Act.ATTENDANCE_TAKEN_BACK.value}'",
    )
}"""  # noqa: S608  # all of it constants


class AttendanceRefused(Exception):
    """An expected no; ``str()`` is the sentence for the person."""


def note_joined(registration: Registration, session: Session, *, at: datetime, by: By) -> bool:
    """Note that they pressed *Join*; return whether that is new. Whoever may join is asked before.

    Nothing is noted, and nobody is kept out, where it was noted before, is switched off, or may not be; nor
    before people join: a host who tries the link days before was not there.
    """
    return _write(_JOIN, registration, session, {"started_by": at + JOINS_BEFORE}, by=by, at=at)


def say(registration: Registration, session: Session, *, at: datetime, by: By) -> bool:
    """Note that they say they were there, from its first minute on; return whether that is new.

    Raises ``AttendanceRefused``.
    """
    if session.has_ended(at - SAID_FOR):
        raise AttendanceRefused(_("It is too long ago to note here. Please write to us."))
    if _write(_SAY, registration, session, {"started_by": at}, by=by, at=at):
        return True
    if not Attendance.objects.filter(registration=registration, session=session).exists():
        raise _why_not(registration, session, at)
    return False


def take_back(registration: Registration, session: Session, *, at: datetime, by: By) -> None:
    """Forget that they said they were there. Nothing noted is not an error.

    Raises ``AttendanceRefused`` where they joined, or somebody has decided.
    """
    if _write(_TAKE_BACK, registration, session, {}, by=by, at=at):
        return
    row = Attendance.objects.filter(registration=registration, session=session).first()
    if row is not None and row.came is not None:
        raise AttendanceRefused(_("Somebody has decided who was there. If it is wrong, please write to us."))
    if row is not None:
        raise AttendanceRefused(_("You pressed Join, so it is noted. If it is wrong, please write to us."))


def correct(
    session: Session,
    registration: Registration,
    *,
    came: bool,
    minutes: int | None = None,
    source: Attendance.Source,
    by: By,
    at: datetime,
) -> None:
    """Decide whether they were there, and for how many minutes; ``None`` leaves the minutes as they are.

    Raises ``AttendanceRefused``.
    """
    if session.has_ended(at - DECIDED_FOR):
        raise AttendanceRefused(_("It is over for more than a year: who was there is not changed any more."))
    decided = {"came": came, "minutes": minutes, "source": source.value, "started_by": at}
    if not _write(_CORRECT, registration, session, decided, by=by, at=at):
        raise _why_not(registration, session, at)


@retried
def _write(
    statement: str,
    registration: Registration,
    session: Session,
    more: dict[str, Any],
    *,
    by: By,
    at: datetime,
) -> bool:
    values = {
        "registration": registration.pk,
        "session": session.pk,
        "member": registration.member_id,
        "at": at,
        **more,
        **trail.who(by),
    }
    with connection.cursor() as cursor:
        prepared.execute(cursor, statement, values)
        return bool(cursor.rowcount)


def _why_not(registration: Registration, session: Session, at: datetime) -> AttendanceRefused:
    """Say why nothing was noted, as both are by now."""
    now = Session.objects.get(pk=session.pk)
    theirs = Registration.objects.get(pk=registration.pk)
    if now.status == Session.Status.CANCELLED:
        return AttendanceRefused(_("This session was cancelled."))
    if not now.notes_attendance:
        return AttendanceRefused(_("In this session it is not noted who was there."))
    if not theirs.is_confirmed or theirs.event_id != now.event_id:
        return AttendanceRefused(_("Only who is registered for the event can have been there."))
    if not now.has_started(at):
        return AttendanceRefused(_("This session has not begun yet."))
    return AttendanceRefused(_("This session does not take place."))
