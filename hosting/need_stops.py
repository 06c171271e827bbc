"""What was arranged for a host and is needed no more: somebody has to stop it.

What was only asked for is gone with its host. What was arranged stays to be stopped, by its kind alone, until
one of the team has stopped it or the host asks for the same again. Where the host is erased, or their record
is somebody else's by now, it names nobody.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Count
from django.utils import timezone

from audit import trail
from audit.acts import Act
from common.personal_data.registry import Person
from common.refusals import Refusal
from common.transactions import retried
from events.models import Event
from events.personal_data import contributors
from hosting.models import HostNeed, HostNeedToStop
from members.models import Member


class NothingToStop(Refusal):
    """A colleague has stopped it, or it is needed again."""

    def __init__(self) -> None:
        super().__init__("A colleague has stopped it, or the host needs it again. Nothing to do.")


def leave(needs: Iterable[HostNeed], *, at: datetime, is_named: bool = True) -> None:
    """Note what has to be stopped of needs that go; of an event that is over there is nothing."""
    HostNeedToStop.objects.bulk_create(
        [
            HostNeedToStop(
                event_id=one.event_id,
                contributor_id=one.contributor_id if is_named else None,
                kind=one.kind,
                withdrawn_at=at,
                owner_id=one.arranged_by_id,
            )
            for one in needs
            if one.arranged_at and not one.event.is_past(at)
        ],
        ignore_conflicts=True,
    )


def leave_of_erased(person: Person, *, at: datetime, **_: object) -> None:
    """Note what was arranged for whoever is about to be erased; for ``before_erasing``."""
    theirs = HostNeed.objects.filter(contributor__in=contributors(person)).select_related("event")
    leave(theirs, at=at, is_named=False)


def take_back(event: Event, hosts: Collection[int], kinds: Collection[str]) -> set[str]:
    """Stop nothing of what these hosts need again; return what was to be stopped."""
    again = HostNeedToStop.objects.filter(event=event, contributor__in=hosts, kind__in=kinds)
    found = set(again.values_list("kind", flat=True))
    again.delete()
    return found


def of(event: Event, *, at: datetime) -> Sequence[HostNeedToStop]:
    """Return what has to be stopped of an event, unless it is over. One query."""
    if event.is_past(at):
        return []
    return list(HostNeedToStop.objects.filter(event=event).select_related("contributor", "owner"))


def waiting(*, at: datetime) -> list[tuple[str, str, int]]:
    """Return of which events something has to be stopped: address, title, how much. One query."""
    ahead = Event.objects.upcoming(timezone.localdate(at)).order_by().values("pk")
    rows = HostNeedToStop.objects.filter(event__in=ahead).order_by()
    of_each = rows.values_list("event__slug", "event__title")
    return list(of_each.annotate(number=Count("pk")).order_by("event__slug"))


@retried
def stop(pk: int, *, event: Event, by: Member, at: datetime) -> None:
    """Note that what was arranged is stopped, and keep it no longer. Raises ``NothingToStop``."""
    rows = HostNeedToStop.objects.select_for_update(of=("self",)).select_related("contributor")
    one = rows.filter(pk=pk, event=event).first()
    if one is None:
        raise NothingToStop
    trail.record(one.contributor or event, Act.NEED_OF_HOST_STOPPED, by=by, at=at, event=event.pk)
    HostNeedToStop.objects.filter(pk=pk).delete()
