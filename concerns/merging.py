"""What merging two accounts makes of concerns and of who was taken out of an event."""

from collections.abc import Iterable
from datetime import datetime

from audit.actors import By
from concerns.models import Concern, Reader, Recipient, Remark, Removal
from events import registration
from events.models import Registration
from members.merging import registry
from members.merging.proof import MergeRefused
from members.merging.registry import Act, Afterwards, Line
from members.models import Member

READS = "Who reads a concern is a promise to whoever reported it: another account reads nothing of it."


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    # Not counted on the page: nobody else is told that somebody reported something.
    registry.moves(Concern, "reporter")
    registry.stays(Reader, "member", READS)
    registry.stays(Recipient, "member", READS)
    registry.moves(Remark, "by")
    registry.stays(Removal, "removed_by decided_by", "Who decided it then stays as it was.")
    registry.by_act("concerns", Act(merge, look, check=check), (Removal, "member"))


def check(kept: Member, ended: Member) -> None:
    """Refuse to make it so that somebody took themselves out. Raises ``MergeRefused``."""
    if Removal.objects.filter(member=ended, removed_by=kept).exists():
        raise MergeRefused(
            f"With {kept.email} they took {ended.email} out of an event, and nobody takes themselves out. "
            f"Keep {ended.email} instead."
        )


def look(kept: Member, ended: Member) -> Iterable[Line]:
    """Say that who is out stays out, whichever account they used."""
    if Removal.objects.in_force().filter(member__in=(kept, ended)).exists():
        yield Line("Also", "Taken out of an event with either account, they are out with the one that stays.")


def merge(kept: Member, ended: Member, *, by: By, at: datetime) -> Iterable[Afterwards]:
    """Keep out with the account that stays who was out with either; registrations were brought together."""
    there = Removal.objects.in_force().filter(member=kept).values("event")
    Removal.objects.in_force().filter(member=ended, event__in=there).delete()
    Removal.objects.filter(member=ended).update(member=kept)
    out = Removal.objects.in_force().filter(member=kept).values("event")
    for one in Registration.objects.current().filter(member=kept, event__in=out).select_related("event"):
        if not one.event.is_over(at):
            registration.cancel(one, by=by, at=at)
    return ()
