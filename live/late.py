"""A session starts late: one press says so on every page that is about it, and by email where it is long.

A notice stands from that moment until the session has begun. Who has a place is emailed as well from
``EMAILED_FROM`` minutes on: five or ten are over before mail is read, and those who wait look at the
page. The times of the session stay as they are, so that no calendar moves. The same press twice is one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common.refusals import Refusal
from common.times import format_clock
from common.transactions import retried
from common.words import counted
from events.models import Session
from live import notices
from live.models import Notice
from members.models import Member
from workshops.letters import session_words
from workshops.letters.session_words import Group, NobodyToWriteTo

#: What can be pressed.
MINUTES: Final = (5, 10, 15)
#: From so many minutes on, those who have a place are emailed.
EMAILED_FROM: Final = 15
#: How long the notice stands once the session has begun after all.
STANDS_ON: Final = timedelta(minutes=5)
MINUTE: Final = timedelta(minutes=1)
#: A title is as long as leaves room for the rest of a notice.
TITLE: Final = 90


class LateRefused(Refusal):
    """An expected no."""


@dataclass(frozen=True)
class Told:
    """What was said, and how many were emailed."""

    notice: Notice
    emailed: int


@retried
def run_late(session: Session, minutes: int, *, by: Member, at: datetime) -> Told:
    """Say that it starts ``minutes`` after its start, or from now where that has come.

    Raises ``LateRefused`` and ``NoticeRefused``.
    """
    session = _locked(session)
    begins = begins_at(session, minutes, at=at)
    if minutes not in MINUTES or session.ends_at is None or begins is None:
        raise LateRefused(_("Choose 5, 10 or 15 minutes."))
    if session.status != Session.Status.PUBLISHED:
        raise LateRefused(_("It does not take place, so it is not late."))
    if begins >= session.ends_at:
        raise LateRefused(_("It would be over by then. Move it, or cancel it, on its page."))
    before = Notice.objects.filter(session=session, kind=Notice.Kind.LATE).count()
    notice = notices.put(
        session.event,
        words_of(session, begins),
        session=session,
        kind=Notice.Kind.LATE,
        ends_at=begins + STANDS_ON,
        by=by,
        at=at,
    )
    if Notice.objects.filter(session=session, kind=Notice.Kind.LATE).count() > before:
        trail.record(session, Act.SESSION_LATE, by=by, at=at, minutes=minutes)
    return Told(notice, _email(session, notice, begins, by, at) if minutes >= EMAILED_FROM else 0)


def begins_at(session: Session, minutes: int, *, at: datetime) -> datetime | None:
    """Return when it begins where it is so late: from its start, or from now once that has come."""
    if session.starts_at is None:
        return None
    to_the_minute = at.replace(second=0, microsecond=0)
    return max(session.starts_at, to_the_minute) + minutes * MINUTE


def clock_of(session: Session, minutes: int, *, at: datetime) -> str:
    """Return when it begins then, by the event's clock; "" of what has no time."""
    begins = begins_at(session, minutes, at=at)
    return format_clock(begins, session.event.time_zone) if begins else ""


def words_of(session: Session, begins: datetime) -> str:
    """Return what the notice says: "“Flow” starts about 10 minutes late, at 10:10."."""
    late = int((begins - session.starts_at) / MINUTE) if session.starts_at else 0
    said = {
        "title": short_title(session),
        "minutes": counted(late, "%(count)s minute", "%(count)s minutes"),
        "clock": format_clock(begins, session.event.time_zone),
    }
    return _("“%(title)s” starts about %(minutes)s late, at %(clock)s.") % said


def short_title(session: Session) -> str:
    """Return its title, short enough for a notice."""
    return Truncator(session.title).chars(TITLE)


def _email(session: Session, notice: Notice, begins: datetime, by: Member, at: datetime) -> int:
    clock = format_clock(begins, session.event.time_zone)
    subject = _("It starts at %(clock)s: %(title)s") % {"clock": clock, "title": session.title}
    words = _("%(said)s You need not do anything: how to join stays the same.") % {"said": notice.words}
    try:
        return session_words.send(
            session,
            Group.BOOKED,
            subject=Truncator(subject).chars(78),
            words=words,
            submission=uuid5(NAMESPACE_URL, f"late:{notice.pk}"),
            by=by,
            at=at,
        )
    except NobodyToWriteTo:
        return 0


def _locked(session: Session) -> Session:
    rows = Session.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    return rows.get(pk=session.pk)
