"""Load or 404: the reader's own registration and the session that an address names."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from events.calls_to_action import Standing, standing
from events.models import Registration, Session
from events.views.loading import event_or_404
from members.models import Member
from members.readers import reader_of
from workshops.models import Booking, Workshop


@dataclass(frozen=True)
class BookingRequest:
    """What an act works on: their registration, the session, the moment, and what came with the request."""

    request: HttpRequest
    registration: Registration
    session: Session
    at: datetime

    @property
    def member(self) -> Member:
        """Whose registration it is, who acts for themselves."""
        return self.registration.member

    @property
    def places(self) -> Workshop:
        """The places of the session, or 404 where nobody books it."""
        places: Workshop | None = getattr(self.session, "workshop", None)
        if places is None:
            raise Http404
        return places

    def booking(self, *statuses: str) -> Booking:
        """Return their latest booking of the session, of one of ``statuses`` where given, or 404."""
        mine = Booking.objects.filter(registration=self.registration, session=self.session)
        if statuses:
            mine = mine.filter(status__in=statuses)
        return get_object_or_404(mine.select_related("session")[:1])


def standing_or_404(request: HttpRequest, slug: str) -> Standing:
    """Return where the logged-in reader stands with a public event."""
    mine = standing(event_or_404(request, slug), reader_of(request))
    if mine.registration is not None and mine.member is not None:
        mine.registration.event, mine.registration.member = mine.event, mine.member
    return mine


def booking_request_or_404(request: HttpRequest, slug: str, session_slug: str) -> BookingRequest | None:
    """Return what an act on a public session of this event works on; ``None`` for who is not registered."""
    mine = standing_or_404(request, slug)
    sessions = Session.objects.public().live().select_related("workshop")
    session = get_object_or_404(sessions, event=mine.event, slug=session_slug)
    session.event = mine.event
    if mine.registration is None or not mine.has_agenda:
        return None
    return BookingRequest(request, mine.registration, session, timezone.now())
