"""What somebody who is registered needs to take part: kept as long as it is wanted, and shown to few."""

from datetime import datetime

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import retried
from events.models import AccessNeeds, Registration


@retried
def save(registration: Registration, *, by: By, at: datetime, needs: str, share_with_hosts: bool) -> None:
    """Keep what they need to take part; an empty text forgets it."""
    if needs.strip():
        AccessNeeds.objects.update_or_create(
            registration=registration,
            defaults={"needs": needs.strip(), "is_shared_with_hosts": share_with_hosts},
        )
        trail.record(registration, Act.NEEDS_KEPT, by=by, at=at)
    elif AccessNeeds.objects.filter(registration=registration).delete()[0]:
        trail.record(registration, Act.NEEDS_FORGOTTEN, by=by, at=at)
