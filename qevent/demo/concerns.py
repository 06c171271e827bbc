"""Concerns of the demo: two people who read them, one concern that is answered, and one that is new."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from concerns import codes, handling, readers, reporting
from concerns.models import Concern
from concerns.reporting import Told
from events.models import Event
from members.models import Member

ANSWERED = (
    "In the chat of the last workshop somebody made fun of how a porter writes. The host did not see it, "
    "and nobody said anything."
)
ANSWER = (
    "Thank you for telling us. We have spoken with whoever wrote it, who is sorry and will say so. Hosts "
    "have somebody beside them this time who reads the chat."
)
NEW = "One of the speakers calls patients frequent flyers in their summary. It hurts to read."


def load(event: Event, team: Sequence[Member], *, at: datetime) -> None:
    """Name ``team`` as those who read, and let two people report something without their name."""
    readers.set_up(event, team, by=team[0], at=at - timedelta(days=20))
    _report(event, ANSWERED, at=at - timedelta(days=6))
    answered = Concern.objects.get(event=event)
    handling.read(answered.pk, by=team[0], at=at - timedelta(days=5))
    handling.answer(answered.pk, ANSWER, seen=answered.version, by=team[0], at=at - timedelta(days=5))
    _report(event, NEW, at=at - timedelta(hours=3))


def _report(event: Event, what: str, *, at: datetime) -> None:
    seen = reporting.seen(readers.of_event(event))
    reporting.report(event, Told(form=codes.new_form(), seen=seen, what=what), at=at)
