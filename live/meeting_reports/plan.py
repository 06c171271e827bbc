"""What taking a report would change, line by line, against what was known before.

A report says of those in it how long they were there. Fewer minutes than a threshold count as not there, but
for who said themselves that they were: they may have been in somebody else's room. What a host or the team
decided stays, and gets the minutes. Of those whom it does not name a report says nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import BinaryIO, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.spreadsheets.questions import Answers, Question, ask
from events.models import Registration, Session
from live.expected import expected
from live.meeting_reports.lengths import minutes
from live.meeting_reports.matching import How, Match, match, people_of
from live.meeting_reports.reading import Stay, read_report
from live.models import Attendance
from live.words import known_of

#: The key of the question from how many minutes on somebody was there.
LEAST: Final = "minutes"
_USUAL: Final = "5"
_MINUTES: Final = ("1", "3", "5", "10", "15", "20", "30")
_BY_HAND: Final = (Attendance.Source.HOST, Attendance.Source.TEAM)


class Effect(Enum):
    """What becomes of what is known of one person."""

    THERE = gettext_lazy("was there")
    NOT_THERE = gettext_lazy("was not there")
    KEPT = gettext_lazy("stays as it is")
    SAME = gettext_lazy("is known already")


@dataclass(frozen=True)
class Line:
    """One person of ours in the report: how they are called there, and what becomes of them."""

    registration: Registration
    called: str
    minutes: int
    how: How
    before: str
    effect: Effect
    #: What is written; ``None`` where nothing is.
    came: bool | None


@dataclass
class Plan:
    """All that a report says, and what it would change."""

    lines: list[Line] = field(default_factory=list)
    hosts: list[Match] = field(default_factory=list)
    nobody: list[Match] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    #: Expected and not in the report; what is known of them stays.
    missing: list[str] = field(default_factory=list)

    @property
    def written(self) -> list[Line]:
        """The lines that change something."""
        return [line for line in self.lines if line.came is not None]

    @property
    def others(self) -> int:
        """How many in it are none of those who were expected."""
        return len(self.hosts) + len(self.nobody)

    @property
    def open_questions(self) -> list[Question]:
        """What must be answered before it is taken."""
        return [one for one in self.questions if one.is_open]

    @property
    def is_ready(self) -> bool:
        """Whether it can be taken: nothing is open, and it changes something."""
        return not self.open_questions and bool(self.written)

    @property
    def fingerprint(self) -> str:
        """A digest of what would be written."""
        written = sorted((line.registration.pk, line.came, line.minutes) for line in self.written)
        return hashlib.sha256(repr(written).encode()).hexdigest()


def look(session: Session, day: date, file: BinaryIO, filename: str, answers: Answers) -> Plan:
    """Say what taking the report would change. Raises ``TableRefused``."""
    report = read_report(file, filename, day, answers)
    matches = match(session, people_of(report.stays), answers)
    least = _threshold(answers)
    asked = [one.question for one in matches if one.question]
    made = Plan(questions=[*report.questions, *asked, least], notices=report.notices)
    if later := sum(one.how is How.DOUBTFUL and one.question is None for one in matches):
        made.notices.append(
            _("%(number)s more names are asked about once these are answered.") % {"number": later}
        )
    made.hosts = [one for one in matches if one.how is How.HOST]
    made.nobody = [one for one in matches if one.how is How.NOBODY]
    known = {one.registration_id: one for one in Attendance.objects.filter(session=session)}
    made.lines = list(_lines(matches, known, int(least.answer)))
    named = {line.registration.pk for line in made.lines}
    if getattr(session, "workshop", None) is not None:
        made.missing = [one.member.name for one in expected(session) if one.pk not in named]
    return made


def _threshold(answers: Answers) -> Question:
    choices = [(one, _("%(minutes)s minutes or more") % {"minutes": one}) for one in _MINUTES]
    return ask(LEAST, _("Who counts as having been there?"), choices, answers, _USUAL)


def _lines(matches: Iterable[Match], known: dict[int, Attendance], least: int) -> Iterable[Line]:
    """Yield a line for each person of ours, whatever they are called in how many rows."""
    theirs: defaultdict[int, list[Match]] = defaultdict(list)
    for one in matches:
        if one.registration is not None:
            theirs[one.registration.pk].append(one)
    for pk, ones in theirs.items():
        stays: list[Stay] = [stay for one in ones for stay in one.person.stays]
        called = " · ".join(dict.fromkeys(one.person.called for one in ones))
        yield _line(ones[0], called, minutes(stays), known.get(pk), least)


def _line(one: Match, called: str, length: int, before: Attendance | None, least: int) -> Line:
    came = length >= least
    effect = Effect.THERE if came else Effect.NOT_THERE
    written: bool | None = came
    if before is not None and before.decided_by in _BY_HAND:
        effect = Effect.KEPT
        written = before.came if before.minutes != length else None
    elif before is not None and not came and before.said_at is not None:
        effect, written = Effect.KEPT, None
    elif before is not None and (before.came, before.minutes) == (came, length):
        effect, written = Effect.SAME, None
    assert one.registration is not None  # noqa: S101  # those without are no lines; narrows the type
    return Line(one.registration, called, length, one.how, known_of(before), effect, written)
