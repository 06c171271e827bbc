"""What was arranged and is needed no more, as the team's page has it: stopped by a press, each its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from common.times import short_moment
from events import need_withdrawals
from events.models import NeedToStop
from members.models import Member
from team.needs.cases import ONE_LOOK, Asked, Looks

NOBODY = "Somebody who is erased"


@dataclass(frozen=True)
class StopRow:
    """One arrangement to be stopped; ``what`` is empty before the look."""

    pk: int
    name: str
    says: str
    what: str = ""


def rows(asked: Asked, *, looks: Looks | None, reader: Member, at: datetime) -> Sequence[StopRow]:
    """Return what is to be stopped of events not over; with what it is where the reader ``looks``."""
    found = NeedToStop.objects.select_related("event", "owner", "registration__member")
    found = found.filter(event__last_day__gte=timezone.localdate(at))
    if asked.event:
        found = found.filter(event__slug=asked.event)
    if asked.person:
        found = found.filter(registration__member=asked.person)
    kept = list(found)
    if looks:
        since = at - ONE_LOOK if looks == Looks.GOES_ON else None
        need_withdrawals.look(kept, by=reader, at=at, since=since)
    return [_row(one, has_looked=looks is not None) for one in kept]


def name_of(one: NeedToStop) -> str:
    """Return whose it was."""
    return one.registration.member.name if one.registration else NOBODY


def _row(one: NeedToStop, *, has_looked: bool) -> StopRow:
    parts = [str(one.event), f"Withdrawn {short_moment(one.withdrawn_at, one.event.zone)}"]
    if one.owner:
        parts.append(f"Arranged by {one.owner}")
    what = str(one.get_kind_display()) if has_looked else ""
    return StopRow(one.pk, name_of(one), f"{'. '.join(parts)}.", what)
