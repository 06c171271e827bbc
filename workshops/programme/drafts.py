"""Publishing many drafts at once: everybody sees them from then on, and may book where there are places."""

from collections.abc import Collection
from datetime import datetime

from audit.actors import By
from common.transactions import retried
from events.models import Event, Session
from events.programme.cache_version import raise_version
from workshops.programme import changes


@retried
def publish(event: Event, chosen: Collection[int], *, by: By, at: datetime) -> int:
    """Publish the drafts of an event that are chosen by id, all or none; return how many there were."""
    drafts = event.sessions.filter(pk__in=chosen, status=Session.Status.DRAFT)
    locked = changes.locked_sessions(drafts.values_list("pk", flat=True)).values()
    sessions = [one for one in locked if one.status == Session.Status.DRAFT]
    for one in sessions:
        one.event, one.status = event, Session.Status.PUBLISHED
    told = changes.write_quietly(sessions, ["status"], by=by, at=at)
    if told:
        changes.write_sessions(told, by=by, at=at)
    raise_version(event.pk)
    return len(sessions)
