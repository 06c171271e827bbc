"""Choices: sessions marked before booking opens, and booked with one press at the minute.

A choice takes no place and no ticket. Choices are booked in the order in which they were made, each in a
transaction of its own: who chose two sessions of one time has the first that gives them a place.
Whoever waits for approval may choose all along. Such a choice is *promised*: once they are approved and
booking is open it is booked for them, behind whoever has booked by then (``promises``).
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.statements import Statement
from common.transactions import retried
from events.models import Registration, Session
from workshops.models import Booking
from workshops.places import booking
from workshops.places.counters import locked_registration, locked_workshop, mark
from workshops.places.eligibility import live_booking, look_at, refuse_own_sessions
from workshops.places.refusals import BookingClosed, BookingRefused, ChoicesClosed, SessionStarted


@dataclass(frozen=True)
class Outcome:
    """What became of one choice: a booking, or the refusal that says why not."""

    session: Session
    booking: Booking | None = None
    refusal: BookingRefused | None = None


@retried
def choose(session: Session, registration: Registration, *, by: By, at: datetime) -> Booking:
    """Mark a session before booking opens; takes no place and no ticket. Twice is not an error.

    Raises ``NotRegistered``, ``NothingToBook``, ``BookingClosed``, and ``ChoicesClosed`` once
    booking has opened, unless the registration waits for approval.
    """
    registration = locked_registration(registration.pk)
    waits = not registration.is_confirmed
    look = look_at(session.pk, registration, may_wait=True)
    session = look.session
    if session.booking_has_opened(at) and not waits:
        raise ChoicesClosed(_("Booking has opened: book your place now."))
    if session.booking_has_closed(at):
        raise BookingClosed(_("Booking for this session has closed."))
    refuse_own_sessions(look.clashes(), session)
    workshop = locked_workshop(session.pk)
    if not workshop.is_open:
        raise BookingClosed(_("This session is not taking bookings."))
    live = live_booking(registration, session.pk)
    if live is not None:
        return live
    return mark(workshop, registration, is_promised=waits, by=by, at=at)


@retried
def unchoose(choice: Booking, *, by: By, at: datetime) -> None:
    """Take a choice back: its row goes. Anything else stays, such as what is booked meanwhile.

    Raises ``SessionStarted`` once its session has.
    """
    locked_registration(choice.registration_id)
    theirs = Booking.objects.filter(pk=choice.pk, status=Booking.Status.CHOSEN)
    if (still := theirs.select_related("session").first()) is None:
        return
    if still.session.has_started(at):
        raise SessionStarted(still.session)
    if theirs.delete()[0]:
        trail.record(choice, Act.UNCHOSEN, by=by, at=at)


def drop(session: Session, *, by: By, at: datetime) -> None:
    """Delete all choices of a session that nobody books any more, under its workshop's lock.

    Their rows are locked first: one that its member takes out at this moment is theirs to take out, once.
    """
    theirs = Booking.objects.filter(session=session, status=Booking.Status.CHOSEN)
    chosen = list(theirs.select_for_update(of=("self",)).order_by("pk"))
    if chosen:
        trail.record_all(trail.entry(choice, Act.UNCHOSEN, by=by, at=at) for choice in chosen)
        Booking.objects.filter(pk__in=[choice.pk for choice in chosen]).delete()


def book_choices(registration: Registration, *, by: By, at: datetime) -> list[Outcome]:
    """Book all their choices, in the order in which they made them, each in a transaction of its own.

    A choice that clashes with a place they got before it stays chosen, with the refusal as its outcome.
    """
    outcomes = []
    for choice in _CHOSEN.all(registration=registration.pk):
        try:
            booked = booking.book(choice.session, registration, by=by, at=at)
        except BookingRefused as refusal:
            outcomes.append(Outcome(choice.session, refusal=refusal))
        else:
            outcomes.append(Outcome(choice.session, booking=booked))
    return outcomes


_CHOSEN = Statement(
    lambda registration: (
        Booking.objects.filter(registration=registration, status=Booking.Status.CHOSEN)
        .select_related("session")
        .order_by("created_at", "id")
    )
)
