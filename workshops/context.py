"""What the head of every page offers to whoever is registered: the way to their agenda."""

from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from common.statements import Statement
from events.models import Event, Registration
from events.phases import DAY, phase_of
from members.models import Member

#: Among so many events of theirs the one that is not over is looked for.
NEAREST: Final = 5
#: What of each decides: rows of events are long.
FIELDS: Final = ("slug", "status", "first_day", "last_day", "time_zone", "booking_opens_at", "version")
_NEXT = Statement(
    lambda member, today: (
        Event.objects.upcoming(today)
        .filter(registrations__in=Registration.objects.confirmed().filter(member=member))
        .only(*FIELDS)[:NEAREST]
    )
)


def my_agenda(request: HttpRequest) -> dict[str, object]:
    """Add ``my_agenda_url``: their agenda of the next event, empty for others; one query, where shown."""
    return {"my_agenda_url": SimpleLazyObject(lambda: _my_agenda_url(request))}


def _my_agenda_url(request: HttpRequest) -> str:
    reader = getattr(request, "user", None)
    if not isinstance(reader, Member):
        return ""
    now = timezone.now()
    # Of any zone: its last day may not be over there, nor a session that began on it.
    ahead = _NEXT.all(member=reader.pk, today=timezone.localdate(now) - DAY)
    event = next((one for one in ahead if not phase_of(one, at=now).is_over), None)
    return reverse("workshops:agenda", args=[event.slug]) if event else ""
