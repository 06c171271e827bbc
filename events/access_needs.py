"""What somebody who is registered needs to take part: kept as long as it is wanted, and shown to few."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from audit import trail
from audit.actors import SITE, By
from audit.acts import Act, Why
from common.transactions import retried
from events.models import AccessNeeds, Registration
from members.models import Member

#: How long needs are kept after the event's last day, or after who has them has cancelled.
RETENTION: Final = timedelta(days=30)


@retried
def save(registration: Registration, *, by: By, at: datetime, needs: str, share_with_hosts: bool) -> None:
    """Keep what they need to take part; an empty text forgets it, and of a closed account nothing is kept."""
    if needs.strip():
        # Whoever erases them holds the account; what comes after that is not kept.
        if not Member.objects.lock_open(registration.member_id).exists():
            return
        AccessNeeds.objects.update_or_create(
            registration=registration,
            defaults={"needs": needs.strip(), "is_shared_with_hosts": share_with_hosts},
        )
        trail.record(registration, Act.NEEDS_KEPT, by=by, at=at)
    elif AccessNeeds.objects.filter(registration=registration).delete()[0]:
        trail.record(registration, Act.NEEDS_FORGOTTEN, by=by, at=at)


@retried
def look(
    registrations: Iterable[int], why: Why, *, act: Act, only_shared: bool, by: By, at: datetime
) -> list[AccessNeeds]:
    """Return what these people need, and record in the history of each that ``by`` has looked, and why.

    ``act`` says as what; ``only_shared`` leaves out what hosts may not know.
    """
    found = AccessNeeds.objects.filter(registration__in=list(registrations)).select_related("registration")
    needs = list(found.filter(is_shared_with_hosts=True) if only_shared else found)
    trail.record_all(trail.entry(one.registration, act, by=by, at=at, why=why.value) for one in needs)
    return needs


def forget(*, at: datetime) -> int:
    """Erase needs for events that are over, and of who cancelled, after ``RETENTION``; return how many."""
    old = at - RETENTION
    is_over = Q(registration__event__last_day__lt=old.date())
    is_cancelled = Q(
        registration__status=Registration.Status.CANCELLED, registration__status_changed_at__lte=old
    )
    found = list(AccessNeeds.objects.filter(is_over | is_cancelled).values_list("pk", flat=True))
    return sum(_forget(pk, at) for pk in found)


@retried
def _forget(pk: int, at: datetime) -> bool:
    registration = Registration.objects.get(pk=pk)
    if not AccessNeeds.objects.filter(registration=registration).delete()[0]:
        return False
    trail.record(registration, Act.NEEDS_FORGOTTEN, by=SITE, at=at)
    return True
