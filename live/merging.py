"""What merging two accounts makes of attendance: where both were in a session, one row says all of it.

Rows of a registration that goes over go with it. Of two, the earlier press counts, the longer time in the
meeting, and what was decided later.
"""

from collections.abc import Iterator
from typing import Any, Final

from events.models import Registration
from live.models import Attendance, JoiningLetter, MeetingReport, Notice, Presence
from members.merging import registry
from members.merging.registry import Act, Afterwards, Line
from members.models import Member

_DECIDED: Final = ("came", "decided_by", "decided_at")


def register() -> None:
    """Name it; for ``AppConfig.ready``."""
    registry.by_act("live", Act(merge, look))
    registry.moves(Notice, "set_by")
    registry.moves(Presence, "by")
    registry.moves(JoiningLetter, "by")
    registry.goes(MeetingReport, "member")


def look(_kept: Member, ended: Member) -> Iterator[Line]:
    """Say what becomes of it, where the account that ends has any."""
    number = Attendance.objects.filter(registration__member=ended).count()
    if number:
        yield Line("Also", "In which sessions they were is kept, once for each session.")


def merge(kept: Member, ended: Member, **_: Any) -> list[Afterwards]:
    """Bring the rows of registrations that stayed with the account that ends over to their twins."""
    twins = {one.event_id: one for one in Registration.objects.filter(member=kept)}
    for row in Attendance.objects.filter(registration__member=ended).select_related("registration"):
        mine = twins[row.registration.event_id]
        same = Attendance.objects.filter(registration=mine, session=row.session_id).first()
        if same is None:
            row.registration = mine
            row.save(update_fields=["registration"])
        else:
            row.delete()
            _add(same, row)
    return []


def _add(same: Attendance, row: Attendance) -> None:
    """Let one row say what both say."""
    same.joined_at = min((one for one in (same.joined_at, row.joined_at) if one), default=None)
    same.said_at = min((one for one in (same.said_at, row.said_at) if one), default=None)
    same.minutes = max((one for one in (same.minutes, row.minutes) if one is not None), default=None)
    if row.decided_at and (same.decided_at is None or row.decided_at > same.decided_at):
        for name in _DECIDED:
            setattr(same, name, getattr(row, name))
    same.save()
