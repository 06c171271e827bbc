"""The day before: each host who was invited is told what they host tomorrow, at nine by the event's clock."""

from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from events.models import Event, Session, SessionContributor
from hosting import access
from hosting.models import Invitation
from notifications import outbox

KIND: Final = "host-day-before"
MORNING: Final = time(9)


def tell(*, at: datetime) -> int:
    """Owe the letters of the day, wherever it is nine; return of how many hosts. Twice is once."""
    upcoming = Event.objects.upcoming(at.date())
    return sum(_tell(event, at) for event in upcoming.order_by("pk") if _is_time(event, at))


def _is_time(event: Event, at: datetime) -> bool:
    local = at.astimezone(event.zone)
    is_near = event.first_day <= local.date() + timedelta(days=1) <= event.last_day
    return is_near and local.time() >= MORNING


@transaction.atomic
def _tell(event: Event, at: datetime) -> int:
    day = at.astimezone(event.zone).date() + timedelta(days=1)
    begins = datetime.combine(day, time.min, tzinfo=event.zone)
    sessions = event.sessions.filter(
        status=Session.Status.PUBLISHED, starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1)
    )
    invited = Invitation.objects.filter(event=event, contributor=OuterRef("contributor"))
    hosts = SessionContributor.objects.filter(
        Exists(invited), session__in=sessions, part=SessionContributor.Part.HOST
    )
    found = access.with_address().filter(pk__in=hosts.values("contributor"))
    told = [one for one in found if access.address_of(one)]
    for one in told:
        outbox.enqueue(
            KIND,
            at=at,
            key=f"{KIND}:{event.pk}:{one.pk}:{day}",
            payload={"event": event.pk, "contributor": one.pk, "day": str(day)},
            not_after=begins + timedelta(days=1),
            **access.to(one),
        )
    return len(told)
