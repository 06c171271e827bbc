"""What the team does for somebody who rings, and writes down that it was agreed by telephone.

Nobody of the team accepts the code of conduct for somebody unasked: the caller hears it, says yes, and that
is what the trail says besides the registration. Nothing that was typed is lost silently: who is registered
already stays as they are, access needs included, and that is said.
"""

from datetime import datetime
from typing import Unpack

from audit import trail
from audit.acts import Act
from common.transactions import retried
from common.words import ordinal
from events import needs_by_telephone, registration
from events.access_needs import Told
from events.models import AccessNeeds, Event, Registration
from members.models import Member
from workshops.models import Booking
from workshops.places import waiting_list


class RegisteredAlready(registration.RegistrationRefused):
    """They are registered: nothing of what was typed is saved."""

    def __init__(self) -> None:
        super().__init__(
            "You are registered already. Nothing was saved.",
            "{name} is registered already. Nothing was saved, access needs neither: press “Write down "
            "what they need” on their page.",
        )


@retried
def register(
    event: Event,
    person: Member,
    *,
    by: Member,
    at: datetime,
    heard_conduct: bool = False,
    consents: bool = False,
    **told: Unpack[Told],
) -> Registration:
    """Register a caller by the rule of the page.

    Raises ``events.registration.RegistrationRefused``, of which ``RegisteredAlready`` is one.
    """
    had_one = Registration.objects.current().filter(event=event, member=person).exists()
    made = registration.register(event, person, by=by, at=at, **told)
    # Pressed twice at once neither had one; only the first is accepted at this moment.
    if had_one or made.code_of_conduct_accepted_at != at:
        raise RegisteredAlready
    if heard_conduct:
        trail.record(made, Act.CONDUCT_BY_TELEPHONE, by=by, at=at)
    if consents and AccessNeeds.objects.filter(registration=made).exists():
        needs_by_telephone.record(made, by=by, at=at)
    return made


def told(booked: Booking) -> str:
    """Say what became of a booking."""
    if booked.status == Booking.Status.BOOKED:
        return "booked for them."
    if booked.status == Booking.Status.CONTESTED:
        return "they have it already, to decide between it and another session."
    if booked.status == Booking.Status.WAITING:
        return f"they are {ordinal(waiting_list.position(booked) or 1)} on the waiting list."
    return "a place is held for them."
