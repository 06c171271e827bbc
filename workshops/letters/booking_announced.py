"""The evening before booking opens: everybody who is registered is told when, with a link to choose now.

That is at 18:00 by the event's clocks, the day before, or at once where the opening is set later than that.
Whoever registers after it reads it in the email about their registration. Where an opening that was told is
moved before it has come, all are told of the new one at once, and again on the evening before it. Of what has
passed nobody is told: what still waits at the opening is not sent. ``booking_opened`` tells of the moment.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from events.models import Event, Registration
from notifications import outbox
from notifications.outbox import MessageRow
from workshops.models import OpeningAnnounced, Workshop

EVENING = time(18)


def announce(*, at: datetime) -> int:
    """Owe the email wherever it is time; return for how many events."""
    due = [event.pk for event in _to_open(at) if _is_due(event, at)]
    return sum(_announce(pk, at) for pk in due)


def _to_open(at: datetime) -> "QuerySet[Event]":
    """Return the published events with places to book whose opening is still to come."""
    with_places = Workshop.objects.filter(is_open=True).values("session__event")
    upcoming = Event.objects.upcoming(at.date()).filter(booking_opens_at__gt=at, pk__in=with_places)
    return upcoming.select_related("opening_announced", "opening_told").order_by("pk")


def _is_due(event: Event, at: datetime) -> bool:
    """Whether people expect another moment, or the evening has come and nobody was told then."""
    evening = _evening_before(event)
    told = getattr(event, "opening_announced", None)
    is_told = told and told.opens_at == event.booking_opens_at and told.told_at >= evening
    return _expected(event) is not None or (evening <= at and not is_told)


def _expected(event: Event) -> OpeningAnnounced | None:
    """Return what was told of another moment, unless booking did open then."""
    told: OpeningAnnounced | None = getattr(event, "opening_announced", None)
    if told is None or told.opens_at == event.booking_opens_at:
        return None
    opened = getattr(event, "opening_told", None)
    return None if opened and opened.told_at >= told.opens_at else told


def _opening(event: Event) -> datetime:
    assert event.booking_opens_at is not None, "only such events are read"  # noqa: S101  # narrows the type
    return event.booking_opens_at


def _evening_before(event: Event) -> datetime:
    day = _opening(event).astimezone(event.zone).date() - timedelta(days=1)
    return datetime.combine(day, EVENING, event.zone)


@transaction.atomic
def _announce(event_id: int, at: datetime) -> bool:
    """Tell of one event, if nobody else does at this moment."""
    Event.objects.select_for_update(no_key=True).get(pk=event_id)
    event = _to_open(at).filter(pk=event_id).first()
    if event is None or not _is_due(event, at):
        return False
    opens_at = _opening(event)
    outbox.enqueue_many("booking-opens-soon", _people(event, opens_at, at), at=at, not_after=opens_at)
    OpeningAnnounced.objects.update_or_create(event=event, defaults={"opens_at": opens_at, "told_at": at})
    trail.record(event, Act.OPENING_ANNOUNCED, by=SITE, at=at)
    return True


def _people(event: Event, opens_at: datetime, at: datetime) -> list[MessageRow]:
    """Name everybody once; who was told of another moment, with that."""
    told = _expected(event)
    rows = Registration.objects.confirmed().filter(event=event)
    return [
        MessageRow(
            f"booking-opens-soon:{event.pk}:{at:%Y%m%dT%H%M%S}:{pk}",
            member_id=member,
            payload={
                "registration": pk,
                "opens_at": opens_at.isoformat(),
                "was": told.opens_at.isoformat() if told and since < told.told_at else None,
            },
        )
        for pk, member, since in rows.values_list("pk", "member_id", "status_changed_at")
    ]
