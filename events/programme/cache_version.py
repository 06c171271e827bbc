"""The version of an event's programme.

What is the same for every reader is cached under this number, so whoever writes to the programme
(an event, a theme, a session, who hosts it) raises it in the same transaction. A reader takes the
number before they take the data: at worst newer data stands under an older number, never the reverse.
"""

from django.db.models import F

from events.models import Contributor, Event


def raise_version(event_id: int) -> None:
    """Say that the programme of this event has changed. Call it in the transaction of the change."""
    Event.objects.filter(pk=event_id).update(version=F("version") + 1)


def raise_versions_of(contributor: Contributor) -> None:
    """Say that what a contributor is called has changed: every event in which they appear."""
    event_ids = contributor.sessions.order_by("event_id").values_list("event_id", flat=True).distinct()
    for event_id in event_ids:
        raise_version(event_id)
