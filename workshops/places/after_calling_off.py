"""An event was called off and takes place after all: what was somebody's until a moment gets time back.

While it was called off nobody could accept an offer, or decide which of two places they keep. So what would
have lapsed meanwhile, or has no more time left than stood still, is held as if it were offered now.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from events.models import Event
from workshops import notices
from workshops.models import Booking
from workshops.places.counters import locked_workshops
from workshops.places.deadlines import decision_deadline, offer_deadline
from workshops.places.waiting_list import HELD

_NEEDED: Final = ("member", "session__event", "registration")


def give_time_back(event: Event, since: datetime, at: datetime) -> None:
    """Renew what ran out, or nearly, while the event was called off ``since``. Under the event's lock."""
    ran_out = {"status__in": HELD, "expires_at__gt": since, "expires_at__lte": at + (at - since)}
    rows = Booking.objects.filter(session__event=event, during__startswith__gt=at, **ran_out)
    locked_workshops(rows.values_list("session_id", flat=True))
    held = list(rows.select_related(*_NEEDED).order_by("pk"))
    others = _booked_besides(held)
    for one in held:
        one.expires_at = max(_deadline(one, others, at), one.expires_at or at)
        if one.status == Booking.Status.OFFERED:
            notices.renew_place_offered(one, at)
        else:
            notices.queue_agenda_update(one.registration, at)
    Booking.objects.bulk_update(held, ["expires_at"])


def _booked_besides(held: Sequence[Booking]) -> dict[int, list[Booking]]:
    """Return what else they have booked, by member."""
    found: dict[int, list[Booking]] = {}
    for other in Booking.objects.booked().filter(member__in={one.member_id for one in held}):
        found.setdefault(other.member_id, []).append(other)
    return found


def _deadline(one: Booking, booked: dict[int, list[Booking]], at: datetime) -> datetime:
    zone = one.session.event.zone
    if one.status == Booking.Status.OFFERED:
        return offer_deadline(at, one.during.lower, zone)
    others = [other.during for other in booked.get(one.member_id, [])]
    overlapping = [
        other.lower for other in others if other.lower < one.during.upper and one.during.lower < other.upper
    ]
    return decision_deadline(at, [one.during.lower, *overlapping], zone)
