"""The day board of the demo, while its event is on: hosts are in but for one, one session runs late.

What an earlier start of the site had put there is taken away first. Nobody is emailed.
"""

from datetime import datetime, timedelta
from typing import Final

from events.models import Event, Session
from live import attendance, late, notices, presence
from live.models import Notice, Presence
from members.models import Member
from workshops.models import Booking

#: So late, and so short that nobody is emailed.
MINUTES: Final = 5
#: What starts within it has its host there as well.
SOON: Final = timedelta(minutes=30)


def show(event: Event, by: Member, *, at: datetime) -> None:
    """Let staff have ticked and said what they would have by this moment."""
    Notice.objects.filter(event=event).delete()
    Presence.objects.filter(session__event=event).delete()
    rows = event.sessions.published().filter(starts_at__lte=at + SOON, ends_at__gt=at).in_order()
    near = list(rows.select_related("event", "workshop"))
    for session in near[1:]:
        presence.tick(session, presence.Who.HOST, by=by, at=at - SOON)
    for session in near[-1:]:
        late.run_late(session, MINUTES, by=by, at=at)
    for session in near[:-1]:
        _join(session, at)
    notices.put(event, str(notices.PREPARED[-1]), by=by, at=at)


def _join(session: Session, at: datetime) -> None:
    """Let two of three who have a place have pressed *Join*."""
    booked = Booking.objects.with_place().filter(session=session).select_related("registration")
    for number, one in enumerate(booked.order_by("pk")):
        if number % 3:
            attendance.note_joined(one.registration, session, at=at, by=one.member)
