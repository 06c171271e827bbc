"""What is looked at before a place is taken, under the lock of the registration."""

from datetime import datetime

from events.models import Registration, Session
from workshops.models import Booking
from workshops.places.clashes import HOSTING, Clash
from workshops.places.refusals import BookingClosed, BookingNotOpen, NothingToBook, NotRegistered, TimeClash

#: Why nothing can be booked yet, in words about the member.
_NOT_YET = {
    Registration.Status.RECEIVED: "{name} waits for approval, so nothing can be booked yet.",
    Registration.Status.WAITING: "{name} is on the waiting list of the event, so nothing can be booked yet.",
    Registration.Status.CANCELLED: "{name} is not registered for this event.",
    Registration.Status.CONFIRMED: "",
}


def session_with_places(session_id: int, registration: Registration, *, may_wait: bool = False) -> Session:
    """Return the session, or refuse: they are registered, it takes place, and it has places to book.

    With ``may_wait`` it is enough that the registration was received, which choosing wants.
    """
    if not (registration.is_confirmed or (may_wait and registration.status == Registration.Status.RECEIVED)):
        raise NotRegistered(
            "You are not registered for this event.", _NOT_YET[Registration.Status(registration.status)]
        )
    session = Session.objects.select_related("event", "workshop").get(pk=session_id)
    workshop = getattr(session, "workshop", None)
    if session.event_id != registration.event_id or workshop is None or not session.is_live:
        raise NothingToBook("This session has no places to book.")
    if not session.is_published or not session.event.is_published:
        raise BookingClosed("This session is not taking bookings.")
    return session


def open_session(session_id: int, registration: Registration, at: datetime) -> Session:
    """Return the session as ``with_places`` does, or refuse because booking is not open at this second."""
    session = session_with_places(session_id, registration)
    if not session.booking_has_opened(at):
        raise BookingNotOpen("Booking has not opened yet.")
    if session.booking_has_closed(at):
        raise BookingClosed("Booking for this session has closed.")
    return session


def live_booking(registration: Registration, session_id: int) -> Booking | None:
    """Return what they have in this session, whatever its status; a cancelled booking is nothing."""
    return Booking.objects.live().filter(registration=registration, session_id=session_id).first()


def refuse_own_sessions(clashes: list[Clash], session: Session) -> None:
    """Refuse what they host themselves, and what they cannot come to because they host at that time."""
    hosting = [clash for clash in clashes if clash.kind == HOSTING]
    if any(clash.session.pk == session.pk for clash in hosting):
        raise NothingToBook(
            "You host this session: it is in your agenda and takes no place.",
            "{name} hosts this session: it is in their agenda and takes no place.",
        )
    if hosting:
        raise TimeClash(clashes)
