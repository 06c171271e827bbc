"""What a host needs to host: told on their page, read by who may see access needs, each look recorded.

It is kept with the host's consent until ``RETENTION`` after the event's last day, or until they host nothing
there any more. Each need is arranged by a press of the team; what was told anew begins anew.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from common.transactions import retried
from events import access_needs
from events.models import Contributor, Event
from hosting import access, need_stops
from hosting.access import HostingRefused, NotTheirs, Reader
from hosting.models import HostKind, HostNeed, HostNeedToStop
from hosting.models_needs import HostNeedQuerySet
from members.models import Member

#: How long after the event's last day it is kept: as long as what members need.
RETENTION: Final = access_needs.RETENTION
#: Of no use where nobody comes to a room.
_IN_A_ROOM: Final = (HostKind.STEP_FREE, HostKind.HEARING_LOOP)


class NoConsent(HostingRefused):
    """They have not said that we may keep it."""

    def __init__(self) -> None:
        super().__init__(_("Tick that we may keep this, so that we can arrange it. Or take it out."))


class NeedOfHostChanged(HostingRefused):
    """It is not what was looked at, or is gone."""

    def __init__(self) -> None:
        super().__init__("The host has changed it since you looked. Look again: nothing was done.")


def kinds_for(event: Event) -> list[HostKind]:
    """Return what can be ticked: in an online event nobody comes to a room."""
    away = _IN_A_ROOM if event.place == Event.Place.ONLINE else ()
    return [kind for kind in HostKind if kind != HostKind.OTHER and kind not in away]


def of_reader(event: Event, reader: Reader, *, at: datetime) -> list[HostNeed]:
    """Return what the reader has told, as any host of the event that they are. Raises ``NotTheirs``."""
    return list(HostNeed.objects.current().filter(event=event, contributor__in=_theirs(event, reader, at)))


@retried
def tell(
    event: Event, reader: Reader, *, kinds: Collection[str], words: str, may_keep: bool, at: datetime
) -> None:
    """Keep what the reader needs; nothing of both forgets all. The same again changes nothing.

    Raises ``NotTheirs`` and ``NoConsent``.
    """
    theirs = _theirs(event, reader, at)
    wanted = {HostKind(kind).value: "" for kind in kinds}
    if words := words.strip().replace("\r\n", "\n"):
        wanted[HostKind.OTHER.value] = words
    if wanted and not may_keep:
        raise NoConsent
    record = Contributor.objects.select_for_update(no_key=True, of=("self",)).get(pk=theirs[0])
    rows = _there(event, theirs, at)
    is_as_told = words == words_of(rows)
    stay = [one for one in rows if one.kind in wanted and (is_as_told or one.kind != HostKind.OTHER)]
    new = wanted.keys() - {one.kind for one in stay}
    if not new and len(stay) == len(rows):
        return
    gone = [one for one in rows if one not in stay]
    need_stops.leave(gone, at=at)
    HostNeed.objects.filter(pk__in=[one.pk for one in gone]).delete()
    again = need_stops.take_back(event, theirs, new)
    told = {"event": event, "contributor": record, "told_at": at, "told_as": access.identity(record)}
    HostNeed.objects.bulk_create(
        HostNeed(kind=kind, words=said, rearranged_at=at if kind in again else None, **told)
        for kind, said in wanted.items()
        if kind in new
    )
    act = Act.NEEDS_OF_HOST_KEPT if wanted else Act.NEEDS_OF_HOST_TAKEN_OUT
    trail.record(record, act, by=reader.by, at=at, event=event.pk)


def _there(event: Event, theirs: Collection[int], at: datetime) -> list[HostNeed]:
    """Return what is told under these records, without what somebody else told behind one of them before."""
    every = HostNeed.objects.filter(event=event, contributor__in=theirs).select_related("event")
    rows = list(every.current())
    behind = every.exclude(pk__in=[one.pk for one in rows])
    need_stops.leave(behind, at=at, is_named=False)
    behind.delete()
    return rows


def words_of(needs: Iterable[HostNeed]) -> str:
    """Return the own words of a host, who may have told some under each of their records."""
    return "\n".join(one.words for one in needs if one.kind == HostKind.OTHER)


def told(event: Event) -> "QuerySet[HostNeed]":
    """Return what the hosts of an event have told, by name; reading what it is, is a look."""
    needs = HostNeed.objects.current().filter(event=event).select_related("contributor", "arranged_by")
    return needs.order_by("contributor__name_folded", "contributor__name", "pk")


def waiting(*, at: datetime) -> list[tuple[str, str, int]]:
    """Return of which events hosts wait for something: address, title, how many. One query."""
    today = timezone.localdate(at)
    rows = HostNeed.objects.current().filter(
        arranged_at=None, event__in=Event.objects.upcoming(today).order_by().values("pk")
    )
    of_each = rows.order_by().values_list("event__slug", "event__title")
    return list(of_each.annotate(number=Count("contributor", distinct=True)).order_by("event__slug"))


@retried
def look(event: Event, *, by: Member, at: datetime) -> list[HostNeed]:
    """Return what the hosts of an event need, and record in the history of each that ``by`` has looked.

    So it does of those for whom something is to be stopped.
    """
    needs = list(told(event))
    hosts = {one.contributor_id: one.contributor for one in needs}
    hosts |= {one.contributor.pk: one.contributor for one in need_stops.of(event, at=at) if one.contributor}
    trail.record_all(
        trail.entry(host, Act.NEEDS_OF_HOST_SEEN, by=by, at=at, event=event.pk) for host in hosts.values()
    )
    return needs


@retried
def arrange(pk: int, *, seen: str, by: Member, at: datetime) -> HostNeed:
    """Note that it is arranged; twice is once. Raises ``NeedOfHostChanged``."""
    need = (
        HostNeed.objects.select_for_update(of=("self",)).select_related("contributor").filter(pk=pk).first()
    )
    if need is None or need.seen != seen:
        raise NeedOfHostChanged
    if need.arranged_at is None:
        need.arranged_at, need.arranged_by = at, by
        need.save(update_fields=["arranged_at", "arranged_by"])
        trail.record(need.contributor, Act.NEEDS_OF_HOST_ARRANGED, by=by, at=at, event=need.event_id)
    return need


@retried
def forget(*, at: datetime) -> int:
    """Erase needs for events that are over, and of who told them and hosts nothing there any more.

    Returns how many.
    """
    is_old = Q(event__last_day__lt=(at - RETENTION).date())
    HostNeedToStop.objects.filter(is_old).delete()
    current = HostNeed.objects.current().order_by().values("pk")
    return _erase(HostNeed.objects.filter(is_old | ~Q(pk__in=current)), at)


def let_go(event: Event, contributors: Collection[int], *, at: datetime) -> None:
    """Erase at once what these told who host nothing in the event any more, in the caller's transaction."""
    theirs = HostNeed.objects.filter(event=event, contributor__in=contributors)
    _erase(theirs.exclude(pk__in=theirs.current().order_by().values("pk")), at)


def _erase(needs: HostNeedQuerySet, at: datetime) -> int:
    """Erase needs; what was arranged is to be stopped, and named where the record is still theirs."""
    named = set(needs.still_theirs().values_list("pk", flat=True))
    gone = list(needs.select_related("event", "contributor").select_for_update(of=("self",)))
    need_stops.leave([one for one in gone if one.pk in named], at=at)
    need_stops.leave([one for one in gone if one.pk not in named], at=at, is_named=False)
    owners = {(one.contributor_id, one.event_id): one.contributor for one in gone}
    trail.record_all(
        trail.entry(host, Act.NEEDS_OF_HOST_FORGOTTEN, by=SITE, at=at, event=event)
        for (_host, event), host in owners.items()
    )
    return HostNeed.objects.filter(pk__in=[one.pk for one in gone]).delete()[0]


def _theirs(event: Event, reader: Reader, at: datetime) -> list[int]:
    """Return the records as which the reader hosts in the event, the oldest first. Raises ``NotTheirs``."""
    found = sorted({one.contributor.pk for one in access.every_part(event, reader, at=at)})
    if not found:
        raise NotTheirs
    return found
