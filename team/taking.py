"""Taking a thing that waits, so that two do not do it: one press, and colleagues see who is on it.

What is taken stays open to everybody: it is a sign on a door and no lock. It is with who took it for two
hours, until they give it back, or until a colleague takes it over who saw whose it was. What waits no longer
cannot be taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Model, QuerySet

from audit import trail
from audit.acts import Act
from blog.models import Post
from comments.models import Comment
from common.refusals import Refusal
from events.models import AccessNeed
from members.capabilities import CHANGE_MEMBERS, EDIT_POSTS, MODERATE, SEE_ACCESS_NEEDS
from members.models import Member
from notifications.models import Message
from team.models import STAYS_TAKEN, Taken
from team.moderation.queues import IN, Queue


@dataclass(frozen=True)
class Waiting:
    """A kind of thing that waits: the permission of who deals with it, and those that wait now."""

    permission: str
    rows: Callable[[], QuerySet[Any]]


#: ``app.model`` → what of it waits.
WAITING: Final = {
    Member._meta.label_lower: Waiting(CHANGE_MEMBERS, lambda: Member.objects.to_be_decided()),
    Comment._meta.label_lower: Waiting(
        MODERATE,
        lambda: Comment.objects.filter(IN[Queue.PENDING] | IN[Queue.APPEALS] | IN[Queue.REPORTED]),
    ),
    AccessNeed._meta.label_lower: Waiting(SEE_ACCESS_NEEDS, lambda: AccessNeed.objects.open()),
    Post._meta.label_lower: Waiting(EDIT_POSTS, lambda: Post.objects.in_review()),
    Message._meta.label_lower: Waiting(
        "notifications.send_message_again", lambda: Message.objects.filter(state=Message.State.FAILED)
    ),
}


class NothingWaits(Refusal):
    """It was dealt with, or was never there."""


class SomebodyIsOnIt(Refusal):
    """A colleague took it first; ``taken`` says who and when."""

    def __init__(self, taken: Taken) -> None:
        super().__init__(f"{taken.by} is on it already. You can take it over from them.")
        self.taken = taken


def may_take(member: Member, thing: str) -> bool:
    """Whether they deal with things of this kind."""
    return thing in WAITING and member.has_perm(WAITING[thing].permission)


def take(thing: str, pk: int, *, by: Member, at: datetime, instead_of: int = 0) -> Taken:
    """Put their name on a thing that waits; ``instead_of`` is whom they saw on it, by id. Twice is no error.

    Raises ``NothingWaits``, and ``SomebodyIsOnIt`` where another has taken it who is not ``instead_of``.
    """
    row = _waiting(thing, pk)
    with transaction.atomic():
        taken, is_new = Taken.objects.select_for_update(of=("self",)).get_or_create(
            thing=thing, thing_id=pk, defaults={"by": by, "taken_at": at}
        )
        if not is_new:
            if taken.is_current(at) and taken.by_id == by.pk:
                return taken
            if taken.is_current(at) and taken.by_id != instead_of:
                raise SomebodyIsOnIt(taken)
            taken.by, taken.taken_at = by, at
            taken.save(update_fields=["by", "taken_at"])
        trail.record(row, Act.TAKEN_ON, by=by, at=at)
    return taken


def give_back(thing: str, pk: int, *, by: Member, at: datetime) -> None:
    """Take their own name off a thing; where it is another's, or nobody's, nothing changes."""
    with transaction.atomic():
        found = Taken.objects.select_for_update().filter(thing=thing, thing_id=pk, by=by).first()
        if found is not None and thing in WAITING:
            row = WAITING[thing].rows().model._base_manager.filter(pk=pk).first()
            found.delete()
            if row is not None and found.is_current(at):
                trail.record(row, Act.GIVEN_BACK, by=by, at=at)


def current(*, at: datetime) -> dict[tuple[str, int], Taken]:
    """Return all that somebody is on, by kind and id. One query."""
    rows = Taken.objects.filter(taken_at__gt=at - STAYS_TAKEN).select_related("by")
    return {(one.thing, one.thing_id): one for one in rows}


def forget(*, at: datetime) -> int:
    """Delete what nobody is on any more; return how many rows."""
    return Taken.objects.filter(taken_at__lte=at - STAYS_TAKEN).delete()[0]


def _waiting(thing: str, pk: int) -> Model:
    row: Model | None = WAITING[thing].rows().filter(pk=pk).first() if thing in WAITING else None
    if row is None:
        raise NothingWaits("This waits no longer: somebody has dealt with it.")
    return row
