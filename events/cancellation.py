"""Cancelling a whole event: nobody can register or book any more, and everybody who counted on it is told.

Registrations and bookings stay as they are, so that the team can see who was coming and write to them,
and so that an event cancelled by mistake can be published again with everything in its place.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from audit import trail
from audit.actors import By
from audit.acts import Act
from events.models import Contributor, Event, Registration, Session
from events.programme.cache_version import raise_version
from notifications import outbox
from notifications.outbox import MessageRow


class EventNotCancelled(Exception):
    """An expected no; ``str()`` is the sentence for the editor."""


def cancel_event(event: Event, *, by: By, at: datetime) -> Event:
    """Cancel a published event and tell all who are registered, wait or host. Twice is not an error.

    Raises ``EventNotCancelled`` for a draft or an archived event.
    """
    with transaction.atomic():
        locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        if locked.status == Event.Status.CANCELLED:
            return locked
        if not locked.is_published:
            raise EventNotCancelled("Only a published event can be cancelled.")
        locked.status = Event.Status.CANCELLED
        locked.save(update_fields=["status", "changed_at"])
        trail.record(locked, Act.EVENT_CANCELLED, by=by, at=at)
        raise_version(locked.pk)
        outbox.enqueue_many("event-cancelled", _people(locked, at), at=at)
    return locked


def _people(event: Event, at: datetime) -> Iterator[MessageRow]:
    """Name everybody once: who is registered, then who only hosts."""
    cause = f"event-cancelled:{event.pk}:{at.timestamp()}"
    told = set()
    for member_id in Registration.objects.filter(event=event).current().values_list("member_id", flat=True):
        told.add(member_id)
        yield MessageRow(f"{cause}:{member_id}", member_id=member_id, payload={"event": event.pk})
    sessions = Session.objects.published().filter(event=event)
    for host in Contributor.objects.filter(sessions__in=sessions).distinct():
        if (host.member_id or host.email) and host.member_id not in told:
            yield MessageRow(
                f"{cause}:host:{host.pk}",
                member_id=host.member_id,
                email="" if host.member_id else host.email,
                payload={"event": event.pk, "contributor": host.pk},
            )
