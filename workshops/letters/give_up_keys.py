"""The key in a letter that gives one place up, without logging in: it opens nothing else.

It is sealed, for this purpose alone; it names one booking, so that a place that was booked anew is not given
up by an old letter; and it ends when the session was to start. Opening it changes nothing: the page that it
leads to asks first (mail scanners press every link).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.urls import reverse

from common import sealing
from events.models import Event
from workshops.models import Booking

PURPOSE: Final = "workshops.give-up"


@dataclass(frozen=True)
class Key:
    """What a key opens: a booking, with its session and event, until a moment."""

    booking: Booking
    until: datetime

    def has_ended(self, at: datetime) -> bool:
        """Whether it opens nothing any more."""
        return at >= self.until


def url(event: Event, booking: int, *, until: datetime) -> str:
    """Return the address that gives the booking of this id up, until that moment."""
    sealed = sealing.box(PURPOSE).encrypt(f"{booking} {until.isoformat()}".encode()).decode().rstrip("=")
    return settings.SITE_URL + reverse("workshops:give_up", args=[event.slug, sealed])


def opened(slug: str, token: str) -> Key | None:
    """Return what a key of that event opens; ``None`` for what was made up, or is about nothing any more."""
    try:
        padded = token + "=" * (-len(token) % 4)
        pk, _, until = sealing.box(PURPOSE).decrypt(padded.encode()).decode().partition(" ")
    except InvalidToken:
        return None
    rows = Booking.objects.select_related("session__event", "session__workshop")
    booking = rows.filter(pk=int(pk), session__event__slug=slug).first()
    return None if booking is None else Key(booking, datetime.fromisoformat(until))
