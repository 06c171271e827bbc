"""What merging two accounts makes of notes: all are kept; where both have one, they become one text."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from learning.models import OneThing, SessionNote
from members.merging import registry
from members.merging.registry import Act, Afterwards, Line
from members.models import Member

#: The models, and of what there is one.
OF: Final[tuple[tuple[Any, str], ...]] = ((SessionNote, "session_id"), (OneThing, "event_id"))


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    registry.by_act("learning", Act(merge, look), *((model, "member") for model, _ in OF))


def look(_kept: Member, _ended: Member) -> Iterable[Line]:
    """Say nothing: that there are notes is nobody's to know."""
    return []


def merge(kept: Member, ended: Member, *, at: datetime, **_: Any) -> Iterable[Afterwards]:
    """Let all notes be those of the account that stays."""
    for model, what in OF:
        own = {getattr(one, what): one for one in model.objects.filter(member=kept)}
        for other in model.objects.filter(member=ended):
            mine = own.get(getattr(other, what))
            if mine is None:
                other.member = kept
                other.save(update_fields=["member"])
                continue
            _join(mine, other, at)
            other.delete()
    return []


def _join(mine: SessionNote | OneThing, other: SessionNote | OneThing, at: datetime) -> None:
    """Let one hold the words of both, however long; the form asks for fewer only when it is saved again."""
    mine.text, mine.changed_at = f"{mine.text}\n\n{other.text}", at
    if isinstance(mine, OneThing) and isinstance(other, OneThing) and mine.reminded_at is None:
        mine.remind_at = min((one for one in (mine.remind_at, other.remind_at) if one), default=None)
    mine.save()
