"""What the head of every page offers to whoever is registered: the way to their agenda."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from common.statements import Statement
from events.models import Event, Registration
from members.models import Member

_NEXT = Statement(
    lambda member, today: (
        Event.objects.upcoming(today)
        .filter(registrations__in=Registration.objects.confirmed().filter(member=member))
        .values_list("slug", flat=True)[:1]
    )
)


def my_agenda(request: HttpRequest) -> dict[str, object]:
    """Add ``my_agenda_url``: their agenda of the next event, empty for others; one query, where shown."""
    return {"my_agenda_url": SimpleLazyObject(lambda: _my_agenda_url(request))}


def _my_agenda_url(request: HttpRequest) -> str:
    reader = getattr(request, "user", None)
    if not isinstance(reader, Member):
        return ""
    slug = _NEXT.first(member=reader.pk, today=timezone.localdate())
    return reverse("workshops:agenda", args=[slug]) if slug else ""
