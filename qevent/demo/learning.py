"""What the demo's members keep of the event once it is over: who was where, notes, one thing to do."""

from datetime import datetime

from events.models import Event, Session
from learning import notes
from learning.models import OneThing, SessionNote
from live.models import Attendance
from workshops.models import Booking

NOTE = "Ask who is missing before the meeting begins, and wait until they are there."
THING = "On Monday, at the huddle, I let the quietest of us speak first."


def keep(event: Event, *, at: datetime) -> None:
    """Let who was booked have been there, all but a few; the demo’s accounts have written something down."""
    placed = Booking.objects.filter(registration__event=event, status__in=Booking.PLACED)
    ended = placed.filter(session__ends_at__lte=at, session__status=Session.Status.PUBLISHED)
    rows = [
        Attendance(registration_id=one.registration_id, session=one.session, joined_at=one.session.starts_at)
        for one in ended.select_related("session").order_by("pk")
        if one.pk % 7
    ]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        member = row.registration.member
        if OneThing.objects.filter(member=member, event=event).exists() or not member.has_usable_password():
            continue
        SessionNote.objects.get_or_create(
            member=member, session=row.session, defaults={"text": NOTE, "changed_at": at}
        )
        notes.promise(member, event, THING, seen="", by_email=True, at=at)
