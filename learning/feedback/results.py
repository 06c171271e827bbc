"""What was answered, told in steps of five people: looking again never shows what one more person said.

A session is told once five have answered, then ten; so is the event as a whole. What is left when feedback
has closed is told together, where it is of at least five. A question that fewer answered is left out.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from events.models import Event, Session
from learning.feedback.answering import TOGETHER
from learning.feedback.asking import Asked, has_closed, questions
from learning.models import Feedback

Sheet = dict[str, Any]


@dataclass(frozen=True)
class Answered:
    """One question and what was answered: how often each number, or the words."""

    question: Asked
    numbers: list[tuple[int, int]]
    words: list[str]
    #: Whether at least five people answered it.
    is_told: bool = True

    @property
    def average(self) -> float:
        """The mean of the numbers, 0 for none."""
        people = sum(times for _, times in self.numbers)
        return sum(number * times for number, times in self.numbers) / people if people else 0.0


@dataclass(frozen=True)
class Group:
    """What was answered about one thing by ``people``; ``session`` is ``None`` for the event and the rest."""

    session: Session | None
    people: int
    answered: list[Answered]


@dataclass(frozen=True)
class Results:
    """All of an event: sessions with enough answers, the event and the rest together, and how many wait."""

    sessions: list[Group]
    rest: Group | None
    waiting: int


def results(event: Event, *, at: datetime) -> Results:
    """Return what is told of an event. Three queries."""
    asked = questions(event)
    sheets: defaultdict[int | None, list[Sheet]] = defaultdict(list)
    waiting: list[Sheet] = []
    for session, answers, shown in Feedback.objects.filter(event=event).values_list(
        "session", "answers", "shown"
    ):
        (sheets[session] if shown else waiting).append(answers)
    rest = sheets.pop(None, [])
    if has_closed(event, at=at) and len(waiting) >= TOGETHER:
        rest, waiting = rest + waiting, []
    told = Session.objects.filter(pk__in=list(sheets)).order_by("starts_at", "title", "pk")
    return Results(
        sessions=[_group(one, sheets[one.pk], asked) for one in told],
        rest=_group(None, rest, asked) if rest else None,
        waiting=len(waiting),
    )


def of_session(session: Session) -> Group | None:
    """Return what is told of a session; ``None`` while it is of too few people. Two queries."""
    sheets = list(Feedback.objects.filter(session=session, shown=True).values_list("answers", flat=True))
    return _group(session, sheets, questions(session.event)) if sheets else None


def _group(session: Session | None, sheets: Sequence[Sheet], asked: Sequence[Asked]) -> Group:
    answered = [_answered(one, sheets) for one in asked]
    return Group(session, len(sheets), [one for one in answered if one.is_told])


def _answered(question: Asked, sheets: Sequence[Sheet]) -> Answered:
    """Return the answers to one question; words in their own order, so that no two tell of one sheet."""
    given = [sheet[str(question.position)] for sheet in sheets if str(question.position) in sheet]
    is_told = len(given) >= TOGETHER
    if question.is_scale:
        times = Counter(given)
        return Answered(question, [(number, times[number]) for number in range(5, 0, -1)], [], is_told)
    return Answered(question, [], sorted(given, key=str.casefold), is_told)
