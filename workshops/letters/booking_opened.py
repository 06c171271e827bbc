"""The moment booking opens: everybody who is registered is told, once, in batches.

The site belongs to those who press at that moment: so many emails are spread over the minutes after it, in an
order that chance makes, so that nobody is always among the last.

Whoever is registered later reads it in the email about their registration. An event is told of once for each
opening: where booking is put off after that and opens again later, it is told again.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from events.models import Event, Registration
from notifications import outbox
from notifications.outbox import MessageRow
from workshops.models import OpeningTold, Workshop

#: So many emails are due in a second, and within so long all of them.
A_SECOND = 10
AT_MOST = timedelta(minutes=5)


def tell_opened(*, at: datetime) -> int:
    """Owe the email to every event whose moment has come; return how many events were told of."""
    return sum(_tell(pk, at) for pk in list(_due(at).values_list("pk", flat=True)))


def _due(at: datetime) -> "QuerySet[Event]":
    """Return the published events with places to book whose opening has come and was not told.

    ``opened_at`` says when: where an opening that was announced is taken away, so that booking is open, it is
    the moment of that announcement, which is wrong now.
    """
    untold = Q(opening_told__isnull=True) | Q(opening_told__told_at__lt=F("opened_at"))
    still_open = Q(booking_closes_at__isnull=True) | Q(booking_closes_at__gt=at)
    with_places = Workshop.objects.filter(is_open=True).values("session__event")
    opened_at = Coalesce("booking_opens_at", "opening_announced__told_at")
    upcoming = Event.objects.upcoming(at.date()).annotate(opened_at=opened_at)
    opened = upcoming.filter(opened_at__lte=at, pk__in=with_places)
    return opened.filter(untold & still_open).order_by("pk")


@transaction.atomic
def _tell(event_id: int, at: datetime) -> bool:
    """Tell of one event, if nobody else does at this moment."""
    Event.objects.select_for_update(no_key=True).get(pk=event_id)
    event = _due(at).filter(pk=event_id).first()
    if event is None:
        return False
    opened_at: datetime = vars(event)["opened_at"]
    before = Registration.objects.confirmed().filter(event=event, status_changed_at__lt=opened_at)
    cause = f"booking-opens:{event.pk}:{opened_at:%Y%m%dT%H%M%S}"
    rows = [
        MessageRow(f"{cause}:{pk}", member_id=member, payload={"registration": pk})
        for pk, member in before.values_list("pk", "member_id")
    ]
    spread = min(timedelta(seconds=len(rows) / A_SECOND), AT_MOST)
    if event.booking_closes_at:  # all of them are told while there is time left to book
        spread = min(spread, (event.booking_closes_at - at) / 2)
    outbox.enqueue_many("booking-opens", rows, at=at, spread=spread, not_after=event.booking_closes_at)
    OpeningTold.objects.update_or_create(event=event, defaults={"told_at": at})
    trail.record(event, Act.OPENING_TOLD, by=SITE, at=at)
    return True
