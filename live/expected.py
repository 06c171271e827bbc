"""Who was expected in a session: those with a place, or, where nobody books, all who are registered."""

from django.db.models import QuerySet

from events.models import Registration, Session
from workshops.models import Booking


def expected(session: Session) -> "QuerySet[Registration]":
    """Return the registrations of those who may have been there, each with its member."""
    registered = Registration.objects.confirmed().filter(event=session.event_id).select_related("member")
    if getattr(session, "workshop", None) is None:
        return registered
    placed = Booking.objects.with_place().filter(session=session).values("registration")
    return registered.filter(pk__in=placed)
