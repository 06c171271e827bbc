"""Emails that another one tells: of one call a person gets one letter, whatever was done for them in it.

The app that owes the other one says so of the kinds it gathers, and answers for each message when it is due:
one that is told elsewhere is set aside, and nothing is sent twice. What is still queued can be taken at once
(``take``), so that what they do themselves a moment later is told by a message of its own.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from notifications.models import Message

ToldElsewhere = Callable[[Message], bool]
_GATHERED: Final[dict[str, ToldElsewhere]] = {}


def register(kinds: Sequence[str], is_told_elsewhere: ToldElsewhere) -> None:
    """Say who gathers messages of these kinds; for ``AppConfig.ready``.

    Raises ``ValueError`` where somebody else gathers one of them.
    """
    for kind in kinds:
        if _GATHERED.setdefault(kind, is_told_elsewhere) is not is_told_elsewhere:
            raise ValueError(f"The kind {kind!r} is gathered already.")


def is_told_elsewhere(message: Message) -> bool:
    """Whether another message tells what this one would; what somebody asked for tells it itself."""
    gathers = _GATHERED.get(message.kind)
    return gathers is not None and message.resend_of_id is None and gathers(message)


@transaction.atomic
def take(kinds: Sequence[str], *, member: int, made: datetime) -> int:
    """Owe no longer what the act of that moment has queued for a member; return how many emails that were."""
    queued = Message.objects.filter(kind__in=kinds, member=member, created_at=made, resend_of=None)
    held = queued.filter(state=Message.State.QUEUED, sent_again=None).select_for_update(of=("self",))
    return Message.objects.filter(pk__in=[message.pk for message in held.order_by("id")]).delete()[0]
