"""Saving an event: what people count on is never hidden from them, and nothing opens by an oversight.

A draft is seen by staff only. Once somebody is registered, has sent their registration or waits for a
place, the event cannot become a draft: they would find nothing at the address in their emails. It is
cancelled instead, which tells everybody, or archived.

A blank opening moment means from now on. So a save that would open registration or booking because nobody
wrote when is refused until whoever saves has said that it is meant.
"""

from datetime import datetime

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import retried
from common.words import counted
from events import cancellation
from events.models import Event, Registration
from events.programme.cache_version import raise_version


class EventHasRegistrations(Exception):
    """An expected no, for the editor; ``people`` says how many count on the event."""

    def __init__(self, people: int) -> None:
        who = counted(
            people, "%(count)s person is registered or waits", "%(count)s people are registered or wait"
        )
        super().__init__(f"{who}, so the event cannot be a draft. Cancel it instead: that tells them.")
        self.people = people


class OpensAtOnce(Exception):
    """An expected no, for the editor; ``what`` names what would be open from this save on."""

    def __init__(self, what: list[str]) -> None:
        moments = "the moment is blank" if len(what) == 1 else "their moments are blank"
        super().__init__(
            f"{' and '.join(what).capitalize()} would open as soon as this is saved, because {moments}. "
            "Write above when to open, or tick this."
        )
        self.what = what


class NotToldYet(Exception):
    """It was called off just now, and not everybody is told: their emails would find nothing to tell."""

    def __init__(self) -> None:
        super().__init__(
            "It was called off just now, and not everybody is told yet. Press “Bring it back” on the team’s "
            "page of the event, or wait until that page says how many emails went out."
        )


@retried
def save_event(event: Event, *, by: By, at: datetime, may_open_at_once: bool = False) -> None:
    """Save an event, or save nothing and raise one of the above."""
    before = Event.objects.select_for_update(no_key=True).filter(pk=event.pk).first()
    if before is not None and event.status == Event.Status.DRAFT:
        _check_nobody_counts_on(event)
    opening = [what for what in _open_without_a_moment(event, at) if what not in _open(before, at)]
    if opening and not may_open_at_once:
        raise OpensAtOnce(opening)
    if before is not None and before.status == Event.Status.CANCELLED != event.status:
        if cancellation.is_being_told(event):
            raise NotToldYet
        cancellation.forget(event, at=at)
    elif before is not None and event.is_published and not before.is_published:
        cancellation.forget(event, at=at)
    fields = trail.changes(before, event)
    if before is not None:
        event.version = before.version  # the programme's own, raised since by whoever changed a session
    event.save()
    trail.record(event, Act.EVENT_CHANGED if before else Act.EVENT_ADDED, by=by, at=at, fields=fields)
    raise_version(event.pk)


def _open(event: Event | None, at: datetime) -> list[str]:
    """Return what is open: "registration", "booking"."""
    if event is None:
        return []
    found = {"registration": event.registration_is_open(at), "booking": event.booking_is_open(at)}
    return [what for what, is_open in found.items() if is_open]


def _open_without_a_moment(event: Event, at: datetime) -> list[str]:
    """Return what is open because nobody wrote when it opens."""
    moments = {"registration": event.registration_opens_at, "booking": event.booking_opens_at}
    return [what for what in _open(event, at) if moments[what] is None]


def _check_nobody_counts_on(event: Event) -> None:
    """Look once those who are registering have done it; who comes later waits for this lock."""
    Event.objects.select_for_update().get(pk=event.pk)
    if people := Registration.objects.current().filter(event=event).count():
        raise EventHasRegistrations(people)
