"""The sessions that somebody was in, or had a place in, and has not answered about yet."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from events.models import Registration, Session
from learning.feedback.asking import is_asked
from learning.models import FeedbackGiven
from live.models import Attendance
from workshops.models import Booking


def to_answer(registration: Registration, *, at: datetime) -> list[Session]:
    """Return them by time, those that are over and asked about. One query."""
    theirs = {"registration": registration, "session": OuterRef("pk")}
    known = Attendance.objects.filter(**theirs)
    place = Booking.objects.with_place().filter(**theirs)
    sessions = Session.objects.filter(
        Exists(known.came()) | Exists(place) & ~Exists(known.filter(came=False)),
        ~Exists(FeedbackGiven.objects.filter(**theirs)),
        event=registration.event_id,
        ends_at__lte=at,
    ).order_by("starts_at", "title", "pk")
    event = registration.event
    return [one for one in sessions if is_asked(event, one, at=at)]
