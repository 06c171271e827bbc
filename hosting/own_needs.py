"""What a host needs to host: told on their page, read by who may see access needs, each look recorded.

It is kept with the host's consent until ``RETENTION`` after the event's last day, or until they host nothing
there any more. Each need is arranged by a press of the team; what was told anew begins anew.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from common.transactions import retried
from events import access_needs
from events.models import Contributor, Event
from hosting import access
from hosting.access import HostingRefused, NotTheirs, Reader
from hosting.models import HostKind, HostNeed
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
    every = HostNeed.objects.filter(event=event, contributor__in=theirs)
    rows = list(every.current())
    every.exclude(pk__in=[one.pk for one in rows]).delete()  # of somebody else, behind this record before
    there = {one.kind: one.words for one in rows}
    if there == wanted:
        return
    for one in rows:
        if wanted.get(one.kind) != one.words:
            one.delete()
    told_as = access.identity(record)
    HostNeed.objects.bulk_create(
        HostNeed(event=event, contributor=record, kind=kind, words=said, told_at=at, told_as=told_as)
        for kind, said in wanted.items()
        if there.get(kind) != said
    )
    act = Act.NEEDS_OF_HOST_KEPT if wanted else Act.NEEDS_OF_HOST_TAKEN_OUT
    trail.record(record, act, by=reader.by, at=at, event=event.pk)


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
    """Return what the hosts of an event need, and record in the history of each that ``by`` has looked."""
    needs = list(told(event))
    hosts = {one.contributor_id: one.contributor for one in needs}
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
    old = HostNeed.objects.filter(event__last_day__lt=(at - RETENTION).date())
    gone = HostNeed.objects.exclude(pk__in=HostNeed.objects.current().order_by().values("pk"))
    pks = {*old.values_list("pk", flat=True), *gone.values_list("pk", flat=True)}
    rows = HostNeed.objects.filter(pk__in=pks)
    owners = list(rows.order_by().values_list("contributor", "event").distinct())
    people = Contributor.objects.in_bulk([contributor for contributor, _event in owners])
    trail.record_all(
        trail.entry(people[contributor], Act.NEEDS_OF_HOST_FORGOTTEN, by=SITE, at=at, event=event)
        for contributor, event in owners
    )
    return rows.delete()[0]


def _theirs(event: Event, reader: Reader, at: datetime) -> list[int]:
    """Return the records as which the reader hosts in the event, the oldest first. Raises ``NotTheirs``."""
    found = sorted({one.contributor.pk for one in access.every_part(event, reader, at=at)})
    if not found:
        raise NotTheirs
    return found
