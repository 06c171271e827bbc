"""What merging two accounts makes of notes about people, and of what the team is on."""

from collections.abc import Iterable
from datetime import datetime

from audit.actors import By
from members.merging import registry
from members.merging.registry import Act, Afterwards, Line
from members.models import Member
from team.models import Announcement, CallAct, PersonNote, Taken
from team.people import calls


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    registry.moves(PersonNote, "about", "%(count)s note of colleagues", "%(count)s notes of colleagues")
    registry.moves(PersonNote, "by")
    registry.moves(CallAct, "person by")
    registry.moves(Announcement, "written_by sent_by stopped_by")
    registry.by_act("team", Act(merge, look), (Taken, "by"))


def look(kept: Member, ended: Member) -> Iterable[Line]:  # noqa: ARG001  # as all acts
    """Say nothing: it is for two hours only."""
    return ()


def merge(kept: Member, ended: Member, *, by: By, at: datetime) -> Iterable[Afterwards]:  # noqa: ARG001  # as all acts
    """Be on the account that ends no more. The letter about a call waits for the one that stays."""
    calls.bring_together(kept, ended, at=at)
    Taken.objects.filter(thing=Member._meta.label_lower, thing_id=ended.pk).delete()
    Taken.objects.filter(by=ended).update(by=kept)
    return ()
