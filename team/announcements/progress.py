"""How far an announcement has come: counted in the outbox, however often it is asked, and by whomever."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from notifications.models import Message
from team.announcements.letters import KIND
from team.announcements.sending import key_of
from team.models import Announcement

State = Message.State
WAITING: Final = (State.QUEUED, State.SENDING)
FAILED: Final = (State.FAILED, State.MAYBE_SENT)
#: So many failed emails are named; the rest are counted.
NAMED: Final = 50


@dataclass(frozen=True)
class Progress:
    """How many emails are in which state; ``rest`` had nobody left to go to."""

    people: int
    sent: int
    waiting: int
    failed: int

    @property
    def rest(self) -> int:
        """How many were not sent because nobody wants or reads them there any more."""
        return self.people - self.sent - self.waiting - self.failed

    @property
    def is_over(self) -> bool:
        """Whether nothing waits."""
        return not self.waiting


def progress(told: Announcement) -> Progress:
    """Count its emails. One query."""
    numbers = _emails(told).aggregate(
        people=Count("pk"),
        sent=Count("pk", filter=Q(state=State.SENT)),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        failed=Count("pk", filter=Q(state__in=FAILED)),
    )
    return Progress(**numbers)


def failed(told: Announcement) -> "QuerySet[Message]":
    """Return its emails that could not be sent, the first first."""
    return _emails(told).filter(state__in=FAILED).select_related("member").order_by("pk")


def _emails(told: Announcement) -> "QuerySet[Message]":
    return Message.objects.filter(kind=KIND, key__startswith=key_of(told), resend_of=None)
