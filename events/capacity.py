"""How many may come to an event."""

from datetime import datetime
from functools import partial

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import after_commit, retried
from events.models import Event, EventPlaces
from events.registration import locked_places, serve


def set_capacity(event: Event, capacity: int | None, *, by: By, at: datetime) -> None:
    """Change how many may come; raising it gives places to those who wait.

    Raises ``CapacityBelowTaken`` when more places are taken than that.
    """
    _set_capacity(event, capacity, by, at)
    after_commit(partial(serve, event.pk, at=at))


@retried
def _set_capacity(event: Event, capacity: int | None, by: By, at: datetime) -> None:
    EventPlaces.objects.get_or_create(event_id=event.pk)
    places = locked_places(event.pk)
    if capacity != places.capacity:
        places.set_capacity(capacity)
        trail.record(event, Act.EVENT_PLACES_SET, by=by, at=at, places=capacity)
