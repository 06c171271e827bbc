"""A call of the demo: the team books a session for a member, and the one letter about it waits."""

from datetime import datetime

from events.models import Event, Registration, Session
from members.models import Member
from team.people import calls, notes
from workshops.places import booking
from workshops.places.refusals import BookingRefused

CALLER = "hana@example.org"


def load(event: Event, by: Member, *, at: datetime) -> None:
    """Book the first session that fits for a caller, and note that they rang."""
    registration = Registration.objects.select_related("member").get(event=event, member__email=CALLER)
    caller = registration.member
    with calls.call(caller, by=by, at=at):
        for session in Session.objects.public().filter(event=event, workshop__isnull=False).in_order():
            try:
                booked = booking.book(session, registration, by=by, at=at)
            except BookingRefused:
                continue
            if booked.created_at == at:
                break
    notes.leave(
        caller, "Rang: the train is late, and would rather not lead the walk after lunch.", by=by, at=at
    )
