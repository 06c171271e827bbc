"""What merging two accounts makes of what they marked, and of transcripts that they read for the team."""

from collections.abc import Iterable
from datetime import datetime

from audit.actors import By
from members.merging import registry
from members.merging.registry import Act, Afterwards, Line
from members.models import Member
from recordings.models import Mark, Recording, TakeAway


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    registry.moves(Recording, "read_by")
    registry.moves(TakeAway, "decided_by")
    registry.by_act("recordings", Act(merge, look), (Mark, "member"))


def look(kept: Member, ended: Member) -> Iterable[Line]:  # noqa: ARG001  # as all acts
    """Say that what they marked goes over."""
    if number := Mark.objects.filter(member=ended).count():
        yield Line("Also", f"Recordings that they marked for themselves go over: {number}.")


def merge(kept: Member, ended: Member, *, by: By, at: datetime) -> Iterable[Afterwards]:  # noqa: ARG001  # as all acts
    """Keep each mark once, with what either says; the earlier moment where both do."""
    theirs = {one.recording_id: one for one in Mark.objects.filter(member=kept)}
    for mark in Mark.objects.filter(member=ended):
        if own := theirs.get(mark.recording_id):
            own.watched_at = _first(own.watched_at, mark.watched_at)
            own.to_watch_at = _first(own.to_watch_at, mark.to_watch_at)
            own.save()
            mark.delete()
    Mark.objects.filter(member=ended).update(member=kept)
    return ()


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)
