"""The day before: each host who was invited, and each deputy who has agreed, is told what they host tomorrow.

At nine by the event's clock, in one letter for a person and day: whoever hosts under two records, or hosts
one session and stands in for another, is written to once, at their account where they have one.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from events.models import Contributor, Event, Session, SessionContributor
from hosting import access
from hosting.models import Invitation
from hosting.persons import each_once
from notifications import outbox
from notifications.models import Message

KIND: Final = "host-day-before"
MORNING: Final = time(9)


def tell(*, at: datetime) -> int:
    """Owe the letters of the day, wherever it is nine; return of how many people. Twice is once."""
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
    told = each_once(_who_hosts(event, begins))
    written_to = _written_to(event, day)
    for person, (one, known_as) in told.items():
        if known_as & written_to:  # as who they were then: a record has been given its account since, say
            continue
        outbox.enqueue(
            KIND,
            at=at,
            key=f"{KIND}:{event.pk}:{person}:{day}",
            payload={"event": event.pk, "contributor": one.pk, "day": str(day)},
            not_after=begins + timedelta(days=1),
            **access.to(one),
        )
    return len(told)


def _who_hosts(event: Event, begins: datetime) -> list[Contributor]:
    """Return who hosts in these 24 hours, or stands in and has agreed, where they can be written to."""
    sessions = event.sessions.filter(
        status=Session.Status.PUBLISHED, starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1)
    )
    ids = list(sessions.values_list("pk", flat=True))
    invited = Invitation.objects.filter(event=event, contributor=OuterRef("contributor"))
    hosts = SessionContributor.objects.filter(
        Exists(invited), session__in=ids, part=SessionContributor.Part.HOST
    )
    found = access.with_address().filter(pk__in=hosts.values("contributor")).order_by("pk")
    deputies = [one.contributor for one in access.agreed_deputies(ids)]
    return [one for one in found if access.address_of(one)] + deputies


def _written_to(event: Event, day: date) -> set[str]:
    """Return to whom the letter of the day has been written: accounts, and addresses of those without."""
    letters = Message.objects.filter(
        kind=KIND, key__startswith=f"{KIND}:{event.pk}:", key__endswith=f":{day}"
    ).values_list("member", "email")
    return {f"account {member}" if member else email.lower() for member, email in letters}
