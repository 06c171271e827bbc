"""What the rows of a programme leave open once it is known which of them are sessions already.

Each function takes the rows and returns those to plan with: where its question is open or answered with
*leave*, without the rows in question. What a file does not say of a session that is there stays as it is.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from common.spreadsheets.questions import Answers, ask
from common.words import counted, listed
from events.models import Session
from workshops.programme_import.cells.days import in_words
from workshops.programme_import.rows import ProgrammeRow

if TYPE_CHECKING:
    from workshops.programme_import.plan import Plan

Matches = Mapping[tuple[str, int], Session]
#: Lengths that are offered where a file has none, in minutes.
LENGTHS: Final = (15, 20, 30, 40, 45, 60, 75, 90, 120, 180)
#: Longer than this is no session, or one that is asked about.
_MAX_USUAL_LENGTH: Final = timedelta(hours=16)
#: Longer titles are shortened in a sentence.
_MAX_TITLE_CHARS: Final = 40
_LEAVE: Final = "leave"
_CALLED_OFF: Final = re.compile(
    r"^\W*(?:cancell?ed|withdrawn|postponed)\b(?:\W*$|\W*[:\-–—)\]])"
    r"|[(\[\-–—:]\s*(?:cancell?ed|withdrawn|postponed)\W*$",
    re.IGNORECASE,
)


def with_times_or_not(
    rows: Sequence[ProgrammeRow], matches: Matches, plan: "Plan", answers: Answers
) -> list[ProgrammeRow]:
    """Ask what rows without a time are, where they are new or would lose theirs."""
    is_timed = {"starts_at", "date"} & set(plan.columns)
    without = [
        row
        for row in rows
        if row.is_without_time
        and row.place not in {(one.sheet, one.row) for one in plan.problems}
        and (row.place not in matches or (is_timed and matches[row.place].is_live))
    ]
    if not without:
        return list(rows)
    count = counted(len(without), "%(count)s row has", "%(count)s rows have")
    are = counted(len(without), "%(count)s is a session", "%(count)s are sessions")
    choices = [
        ("on-demand", f"{are} on demand, without a time"),
        (_LEAVE, f"Leave {_them(without)} out: nothing of the sort is imported"),
    ]
    question = ask("on-demand", f"{count} no time: {_shown(without)}.", choices, answers)
    plan.questions.append(question)
    if question.answer == _LEAVE:
        return _besides(rows, without)
    places = {row.place for row in without}
    return [row.on_demand() if row.place in places else row for row in rows]


def with_ends(
    rows: Sequence[ProgrammeRow], matches: Matches, plan: "Plan", answers: Answers
) -> list[ProgrammeRow]:
    """Give an end to rows that say only when they start: a session that is there keeps its length."""
    found: dict[tuple[str, int], ProgrammeRow] = {}
    asked, kept = [], []
    for row in rows:
        known = matches.get(row.place)
        if row.starts_at is None or row.ends_at is not None:
            found[row.place] = row
        elif known is not None and known.starts_at is not None and known.ends_at is not None:
            found[row.place] = replace(row, ends_at=row.starts_at + (known.ends_at - known.starts_at))
            kept.append(row)
        else:
            asked.append(row)
    if kept:
        plan.notices.append(f"No end in the row, so the session stays as long as it is: {_shown(kept)}.")
    if asked:
        found |= {row.place: row for row in _ended(asked, rows, plan, answers)}
    return [found[row.place] for row in rows if row.place in found]


def _ended(
    asked: Sequence[ProgrammeRow], rows: Sequence[ProgrammeRow], plan: "Plan", answers: Answers
) -> list[ProgrammeRow]:
    """Return the rows with the end that was answered; none where nothing was."""
    following = _following(rows)
    lengths = [(str(minutes), f"{minutes} minutes after its start") for minutes in LENGTHS]
    choices = [*lengths, (_LEAVE, f"Leave {_them(asked)} out")]
    if any(row.place in following for row in asked):
        choices.insert(0, ("next", "When the next one in the same room starts"))
    count = counted(
        len(asked), "%(count)s session has a start and no end", "%(count)s sessions have a start and no end"
    )
    words = f"{count}: {_shown(asked)}. {_when(asked)}"
    question = ask("ends", words, choices, answers)
    plan.questions.append(question)
    if question.answer != "next":
        return [_of_length(row, question.answer) for row in asked if question.answer.isdecimal()]
    ended = [replace(row, ends_at=following[row.place]) for row in asked if row.place in following]
    last = [row for row in asked if row.place not in following]
    if last:
        words = f"No other session follows in the room on that day: {_shown(last)}. {_when(last)}"
        question = ask("ends-last", words, [*lengths, (_LEAVE, f"Leave {_them(last)} out")], answers)
        plan.questions.append(question)
        ended += [_of_length(row, question.answer) for row in last if question.answer.isdecimal()]
    return ended


def _of_length(row: ProgrammeRow, minutes: str) -> ProgrammeRow:
    return replace(row, ends_at=row.starts_at + timedelta(minutes=int(minutes))) if row.starts_at else row


def _following(rows: Sequence[ProgrammeRow]) -> dict[tuple[str, int], datetime]:
    """Return when the next session of the room begins, by the place of the row; not a night later."""
    rooms: dict[str, list[tuple[datetime, tuple[str, int]]]] = defaultdict(list)
    for row in rows:
        if row.starts_at is not None:
            rooms[row.room.casefold()].append((row.starts_at, row.place))
    found = {}
    for starts in rooms.values():
        for start, place in starts:
            later = [other for other, _ in starts if start < other <= start + _MAX_USUAL_LENGTH / 2]
            if later:
                found[place] = min(later)
    return found


def on_days_of_the_event(
    rows: Sequence[ProgrammeRow], matches: Matches, plan: "Plan", answers: Answers
) -> list[ProgrammeRow]:
    """Ask about sessions that would lie outside of the event's days: a wrong year, or another file."""
    event = plan.event
    days = {row.place: row.starts_at.astimezone(event.zone).date() for row in rows if row.starts_at}
    outside = [
        row
        for row in rows
        if row.place in days
        and not event.first_day <= days[row.place] <= event.last_day
        and not (row.place in matches and matches[row.place].starts_at == row.starts_at)
    ]
    if not outside:
        return list(rows)
    theirs = " to ".join(dict.fromkeys(in_words(day) for day in (event.first_day, event.last_day)))
    when = ", ".join(dict.fromkeys(in_words(days[row.place]) for row in outside[:20]))
    count = counted(len(outside), "%(count)s session is", "%(count)s sessions are")
    words = f"{count} not on the event’s days ({theirs}) but on {when}: {_shown(outside)}."
    choices = [
        ("take", f"Import {_them(outside)} on {'that day' if len(outside) == 1 else 'those days'}"),
        (_LEAVE, f"Leave {_them(outside)} out"),
    ]
    question = ask("other-days", words, choices, answers)
    plan.questions.append(question)
    return _besides(rows, outside) if question.answer == _LEAVE else list(rows)


def of_a_likely_length(
    rows: Sequence[ProgrammeRow], matches: Matches, plan: "Plan", answers: Answers
) -> list[ProgrammeRow]:
    """Ask about sessions that would last longer than a day's work: an end of another day, or a slip."""
    long = []
    for row in rows:
        known = matches.get(row.place)
        is_same = known is not None and (known.starts_at, known.ends_at) == (row.starts_at, row.ends_at)
        if row.starts_at and row.ends_at and row.ends_at - row.starts_at > _MAX_USUAL_LENGTH and not is_same:
            long.append(row)
    if not long:
        return list(rows)
    count = counted(len(long), "%(count)s session lasts", "%(count)s sessions last")
    choices = [("take", "That is meant"), (_LEAVE, f"Leave {_them(long)} out")]
    question = ask("long", f"{count} longer than 16 hours: {_shown(long)}.", choices, answers)
    plan.questions.append(question)
    return _besides(rows, long) if question.answer == _LEAVE else list(rows)


def not_called_off(
    rows: Sequence[ProgrammeRow], matches: Matches, plan: "Plan", answers: Answers
) -> list[ProgrammeRow]:
    """Ask about new sessions whose title says that they are cancelled."""
    off = [row for row in rows if row.place not in matches and _CALLED_OFF.search(row.title)]
    if not off:
        return list(rows)
    count = counted(
        len(off), "%(count)s title says that the session is", "%(count)s titles say that the sessions are"
    )
    choices = [(_LEAVE, f"Leave {_them(off)} out"), ("take", "Import it as a session all the same")]
    question = ask("called-off", f"{count} cancelled: {_shown(off)}.", choices, answers)
    plan.questions.append(question)
    return _besides(rows, off) if question.answer == _LEAVE else list(rows)


def _besides(rows: Sequence[ProgrammeRow], without: Sequence[ProgrammeRow]) -> list[ProgrammeRow]:
    places = {row.place for row in without}
    return [row for row in rows if row.place not in places]


def short(title: str) -> str:
    """Return a title as it stands in a sentence."""
    return title if len(title) <= _MAX_TITLE_CHARS else f"{title[:_MAX_TITLE_CHARS].rstrip()}…"


def _when(rows: Sequence[ProgrammeRow]) -> str:
    return f"When does {'it' if len(rows) == 1 else 'each'} end?"


def _them(rows: Sequence[ProgrammeRow]) -> str:
    return "it" if len(rows) == 1 else "them"


def _shown(rows: Sequence[ProgrammeRow]) -> str:
    return listed([f"“{short(row.title)}” (row {row.number})" for row in rows], 5)
