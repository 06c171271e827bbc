"""What merging two accounts makes of feedback: about what one of them has answered, it is answered.

Rows of a registration that goes over go with it; what was answered is of nobody, and stays.
"""

from typing import Any

from events.models import Registration
from learning.models import FeedbackGiven
from members.merging import registry
from members.merging.registry import Act, Afterwards, Line
from members.models import Member


def register() -> None:
    """Name it; for ``AppConfig.ready``."""
    registry.by_act("learning", Act(merge, look))


def look(_kept: Member, _ended: Member) -> list[Line]:
    """Say nothing: that somebody answered is told to nobody."""
    return []


def merge(kept: Member, ended: Member, **_: Any) -> list[Afterwards]:
    """Bring the rows of registrations that stayed with the account that ends over to their twins."""
    twins = {one.event_id: one for one in Registration.objects.filter(member=kept)}
    for row in FeedbackGiven.objects.filter(registration__member=ended).select_related("registration"):
        mine = twins[row.registration.event_id]
        if FeedbackGiven.objects.filter(registration=mine, session=row.session_id).exists():
            row.delete()
        else:
            row.registration = mine
            row.save(update_fields=["registration"])
    return []
