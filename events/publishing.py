"""Saving an event: what people count on is never hidden from them again.

A draft is seen by staff only. Once somebody is registered, has sent her registration or waits for a
place, the event cannot become a draft: she would find nothing at the address in her emails. It is
cancelled instead, which tells everybody, or archived.
"""

from events.models import Event, Registration
from events.transactions import retried
from events.versions import raise_version
from members.words import counted


class EventHasRegistrations(Exception):
    """An expected no, for the editor; ``people`` says how many count on the event."""

    def __init__(self, people: int) -> None:
        who = counted(people, "person is registered or waits", "people are registered or wait")
        super().__init__(f"{who}, so the event cannot be a draft. Cancel it instead: that tells them.")
        self.people = people


@retried
def save_event(event: Event) -> None:
    """Save a new or changed event. Raises ``EventHasRegistrations``; nothing is saved then."""
    if event.pk is not None and event.status == Event.Status.DRAFT:
        _check_nobody_counts_on(event)
    event.save()
    raise_version(event.pk)


def _check_nobody_counts_on(event: Event) -> None:
    """Look once those who are registering have done it; who comes later waits for this lock."""
    Event.objects.select_for_update().get(pk=event.pk)
    if people := Registration.objects.current().filter(event=event).count():
        raise EventHasRegistrations(people)
