"""What the team does for somebody who rings, and writes down that it was agreed by telephone.

Nobody of the team accepts the code of conduct for somebody unasked: the caller hears it, says yes, and that
is what the trail says besides the registration.
"""

from datetime import datetime

from audit import trail
from audit.acts import Act
from common.transactions import retried
from common.words import ordinal
from events import registration
from events.models import Event, Registration
from members.models import Member
from workshops.models import Booking
from workshops.places import waiting_list


@retried
def register(
    event: Event,
    person: Member,
    *,
    by: Member,
    at: datetime,
    needs: str = "",
    share_with_hosts: bool = False,
    heard_conduct: bool = False,
) -> Registration:
    """Register a caller by the rule of the page; once they are registered it changes nothing.

    Raises ``events.registration.RegistrationRefused``.
    """
    had_one = Registration.objects.current().filter(event=event, member=person).exists()
    made = registration.register(event, person, by=by, at=at, needs=needs, share_with_hosts=share_with_hosts)
    # Pressed twice at once neither had one; only the first is accepted at this moment.
    if heard_conduct and not had_one and made.code_of_conduct_accepted_at == at:
        trail.record(made, Act.CONDUCT_BY_TELEPHONE, by=by, at=at)
    return made


def told(booked: Booking) -> str:
    """Say what became of a booking."""
    if booked.status == Booking.Status.BOOKED:
        return "booked for them."
    if booked.status == Booking.Status.WAITING:
        return f"they are {ordinal(waiting_list.position(booked) or 1)} on the waiting list."
    return "a place is held for them."
