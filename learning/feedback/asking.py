"""What is asked about a session or an event, when, and in which words.

The usual three questions are asked unless the team writes others for an event, which it may until the first
answer: an answer belongs to the question that was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import retried
from events.models import Event, Session
from learning.models import Feedback, FeedbackQuestion
from learning.models_feedback import MAX_QUESTIONS

Kind = FeedbackQuestion.Kind
#: Until so long after the event's last day feedback is taken.
ASKED_FOR: Final = timedelta(days=28)


class FeedbackRefused(Exception):
    """An expected no; ``str()`` is the sentence for the person."""


@dataclass(frozen=True)
class Asked:
    """One question: its position, how it is answered, and its words."""

    position: int
    kind: str
    words: str

    @property
    def is_scale(self) -> bool:
        """Whether it is answered from 1 to 5."""
        return self.kind == Kind.SCALE


def usual() -> list[Asked]:
    """Return the three questions that are asked where the team wrote none."""
    return [
        Asked(1, Kind.SCALE, _("How useful was it for your work?")),
        Asked(2, Kind.WORDS, _("What will you use from it?")),
        Asked(3, Kind.WORDS, _("What should be different next time?")),
    ]


def questions(event: Event) -> list[Asked]:
    """Return what is asked at an event. One query."""
    own = FeedbackQuestion.objects.filter(event=event)
    return [Asked(one.position, one.kind, one.words) for one in own] or usual()


def is_asked(event: Event, session: Session | None, *, at: datetime) -> bool:
    """Whether feedback is taken now: until four weeks after the event.

    It is from the end of the session on; of the event as a whole from its last day on.
    """
    if event.status != Event.Status.PUBLISHED or has_closed(event, at=at):
        return False
    if session is None:
        return timezone.localdate(at, event.zone) >= event.last_day
    return session.status == Session.Status.PUBLISHED and session.has_ended(at)


def has_closed(event: Event, *, at: datetime) -> bool:
    """Whether feedback is taken no more: four weeks after the event."""
    return timezone.localdate(at, event.zone) > event.last_day + ASKED_FOR


@retried
def ask(event: Event, written: Sequence[tuple[str, str]], *, by: By, at: datetime) -> None:
    """Ask these questions (kind, words) at an event; none are the usual ones. Raises ``FeedbackRefused``."""
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if Feedback.objects.filter(event=event).exists():
        raise FeedbackRefused(_("Somebody has answered already, so the questions stay as they are."))
    rows = [
        FeedbackQuestion(event=event, position=position, kind=kind, words=words)
        for position, (kind, words) in enumerate(written[:MAX_QUESTIONS], 1)
    ]
    FeedbackQuestion.objects.filter(event=event).delete()
    FeedbackQuestion.objects.bulk_create(rows)
    trail.record(event, Act.FEEDBACK_ASKED, by=by, at=at)
