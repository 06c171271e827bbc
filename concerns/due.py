"""An answer falls due: each reader is told once, on its day, while there is still time to give it.

More from whoever reported moves the day, and the new one is told of again. What looks like spam was promised
nothing that anybody waits for. Nothing of the email says which concern it is but the address it leads to.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from common.fingerprints import fingerprint
from concerns.models import Concern, Recipient
from notifications import outbox
from notifications.outbox import MessageRow

DUE: Final = "answer-due"
#: So long before its moment, the end of a working day, readers are told: in the morning.
AHEAD: Final = timedelta(hours=9)
#: What fell due longer ago is on the team's front page; nobody is emailed about it any more.
LATEST: Final = timedelta(days=3)


def tell(*, at: datetime) -> None:
    """Owe the readers an email about each answer that falls due by now. Two queries, one more with any."""
    outbox.enqueue_many(DUE, list(_owed(at)), at=at)


def is_due(concern: Concern, *, at: datetime) -> bool:
    """Whether its answer is still owed, and falls due."""
    by = concern.answer_by
    return concern.is_open and not concern.is_suspected and by is not None and by <= at + AHEAD


def _owed(at: datetime) -> Iterator[MessageRow]:
    due = Concern.objects.open().filter(
        is_suspected=False, answer_by__lte=at + AHEAD, answer_by__gt=at - LATEST
    )
    theirs = Recipient.objects.filter(
        concern__in=due, is_left_out=False, member__is_staff=True, member__is_active=True
    )
    for one in theirs.select_related("concern"):
        key = fingerprint(one.concern.form_digest, one.concern.answer_by, one.member_id)
        yield MessageRow(key, one.member_id, "", {"concern": one.concern_id}, "")
