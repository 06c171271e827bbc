"""Reading a programme: a file and what was answered about it in, rows, questions and problems out.

Every reading that could be another is said, as a question that can be answered otherwise or as a notice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO, Final

from common import folding
from common.spreadsheets.questions import Answers, Question, ask
from common.spreadsheets.tables import Table, TableProblem
from common.times import utc_offset
from common.words import listed
from events.models import Event, Session
from workshops.programme_import.cells.days import (
    Days,
    examples_of_two_orders,
    in_words,
    order_of,
    take_day,
)
from workshops.programme_import.cells.hosts import Person, handles_in, question_about_commas
from workshops.programme_import.cells.values import format_of, is_our_word, nearest_format
from workshops.programme_import.columns import LABELS
from workshops.programme_import.file_questions import about_the_file, table_of
from workshops.programme_import.filling_gaps import Lined, titled, with_days, without_unknown
from workshops.programme_import.rows import ProgrammeRow, RowReader, joined
from workshops.programme_import.session_rows import sorted_out
from workshops.programme_import.session_times import Reading
from workshops.programme_import.size_limits import check_people, checked
from workshops.programme_import.zones import zone_of

_FORMAT: Final = "format:"
#: So many words for formats that nobody knows are asked about one by one.
_MAX_FORMATS: Final = 30
_NO_TITLES: Final = TableProblem(0, "", "There is no column that could hold the titles of the sessions.")


@dataclass
class Programme:
    """What a file says; where ``problems`` or open questions are there, it is not to be imported."""

    rows: list[ProgrammeRow] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    problems: list[TableProblem] = field(default_factory=list)


def read_programme(file: BinaryIO, filename: str, event: Event, answers: Answers) -> Programme:
    """Read a programme. Raises ``TableRefused`` for a file that is no table."""
    days = Days(event.first_day, event.last_day)
    table = checked(table_of(file, filename, answers))
    made = Programme(columns=list(table.columns), notices=table.notices)
    made.questions += about_the_file(table, days, answers)
    if "title" not in table.columns:
        if not any(one.key == "title" for one in made.questions):
            made.problems.append(_NO_TITLES)
        return made
    zone, about_zone = zone_of(table, event, answers)
    made.questions += [about_zone] if about_zone else []
    reading = Reading(days, zone, headings=table.headings)
    made.questions += _about_days(table, reading, answers)
    lines = sorted_out(table, reading.days, made.problems)
    made.notices += lines.notices()
    lines.sessions = _filled(lines.sessions, reading.days, made, answers)
    formats = _formats([row["format"] for row, _ in lines.sessions], made, answers)
    commas = question_about_commas(
        [row["hosts"] for row, _ in lines.sessions if not row["host_ids"]], answers
    )
    made.questions += [commas] if commas else []
    reading.is_afternoon = answers.get("night") == "afternoon"
    reading.is_night_known = answers.get("night", "") in ("night", "afternoon")
    reading.is_own_day = answers.get("own-days") == "cell"
    reading.second = frozenset(key for key, value in answers.items() if value == "second")
    reading.other_day = next((day for day in days.all() if day.isoformat() == answers.get("day")), None)
    above, before = None, None
    for row, day_above in lines.sessions:
        if day_above != before or (made.rows and made.rows[-1].sheet != row.sheet):
            above, before = day_above, day_above
        reader = RowReader(row, above, reading, formats, commas.answer if commas else "", made.problems)
        values, above = reader.read()
        made.rows.append(values)
    made.questions += _about_times(reading, answers)
    made.notices += _notices(table, reading)
    made.rows, together, twice = joined(_with_keys(made.rows))
    made.notices += together
    made.problems += twice
    made.problems = [replace(one, column=_heading(one.column, table)) for one in made.problems]
    return made


def _heading(column: str, table: Table) -> str:
    """Return how a column is called in the file, else what it is."""
    return table.headings.get(column, LABELS.get(column, column))


def _filled(lines: Sequence[Lined], days: Days, made: Programme, answers: Answers) -> list[Lined]:
    """Return the rows with what they leave out; what was taken for granted, or is asked, is on ``made``."""
    found, unknown = without_unknown(lines)
    found, untitled = titled(found, answers)
    found, figures, counted_days = with_days(found, days, answers)
    made.notices += [*unknown, *counted_days]
    made.questions += [question for question in (untitled, figures) if question]
    return found


def _with_keys(rows: Sequence[ProgrammeRow]) -> list[ProgrammeRow]:
    """Let every host know by which keys the name is found again. One query."""
    check_people(rows)
    keys = folding.keys({person.name for row in rows for person in row.hosts})

    def known(person: Person) -> Person:
        return replace(person, keys=keys[person.name] or frozenset({person.name}))

    return [replace(row, hosts=tuple(map(known, row.hosts))) for row in rows]


def _about_days(table: Table, reading: Reading, answers: Answers) -> Iterator[Question]:
    """Decide how days in figures are read, and yield that where there is another way."""
    texts = [row[column] for row in table for column in ("date", "starts_at", "ends_at", "end_date")]
    texts += [row.lone for row in table if row.lone]
    texts = [text for text in texts if len(text) < 60]
    if both := examples_of_two_orders(texts, reading.days):
        table.notices.append(f"Days are written in two orders, which may be a slip: {both[0]} and {both[1]}.")
    is_day_first, example = order_of(texts, reading.days)
    reading.days = Days(reading.days.first, reading.days.last, is_day_first)
    if not example:
        return
    choices = []
    for value, is_first in (("day", True), ("month", False)):
        day, _ = take_day(example, Days(reading.days.first, reading.days.last, is_first))
        choices.append((value, f"{in_words(day) if day else example} (the {value} comes first)"))
    usual = "day" if is_day_first else "month"
    question = ask("order", f"“{example}” can be read in two ways. Here it is:", choices, answers, usual)
    reading.days = Days(reading.days.first, reading.days.last, question.answer == "day")
    yield question


def _formats(words: Sequence[str], made: Programme, answers: Answers) -> dict[str, Session.Format | None]:
    """Return what each word for a format means; one that nobody knows is a question, many are one."""
    found: dict[str, Session.Format | None] = {"": None}
    strange = [word for word in dict.fromkeys(words) if word and format_of(word) is None]
    if len(strange) > _MAX_FORMATS:
        text = (
            f"{len(strange):,} different words stand for formats, such as “{strange[0]}” and “{strange[1]}”."
        )
        choices = [("none", "They are no formats: limited places make a workshop, else it is a talk")]
        made.questions.append(ask("formats", text, choices, answers))
        return found | {word: format_of(word) for word in words}
    for word in dict.fromkeys(words):
        known = format_of(word) if word else None
        if known is None and word:
            near = nearest_format(word)
            choices = [(choice.value, str(choice.label)) for choice in Session.Format]
            usual = near.value if near else ""
            question = ask(f"{_FORMAT}{word[:100]}", f"The format “{word}” is here:", choices, answers, usual)
            made.questions.append(question)
            known = Session.Format(question.answer) if question.answer else None
        found[word] = known
    read_as = [
        f"{word} as {one.value}"
        for word in found
        if word and (one := format_of(word)) and not is_our_word(word)
    ]
    if read_as:
        made.notices.append(f"Formats that have another name here: {', '.join(read_as)}.")
    return found


def _about_times(reading: Reading, answers: Answers) -> Iterator[Question]:
    """Yield what the times leave open."""
    if reading.no_day:
        words = f"{_rows(reading.no_day)}: a time without a day. Which day is it?"
        yield ask("day", words, [(day.isoformat(), in_words(day)) for day in reading.days.all()], answers)
    if reading.night:
        words = f"{_rows(reading.night)}: a time between 1:00 and 6:59, without a.m. or p.m."
        choices = [
            ("night", "It is at night, as written"),
            ("afternoon", "It is in the afternoon, 12 hours later"),
        ]
        yield ask("night", words, choices, answers)
    for key, (place, column, local) in reading.twice.items():
        yield ask(key, *_about_one_of_two(place, column, local), answers)
    if reading.own_days:
        words = (
            f"{_rows(reading.own_days)}: the cell of the time has another day in it than the column of days."
        )
        choices = [
            ("column", "The column of days counts"),
            ("cell", "The day in the cell of the time counts"),
        ]
        yield ask("own-days", words, choices, answers)


def _about_one_of_two(place: str, column: str, local: datetime) -> tuple[str, list[tuple[str, str]]]:
    """Return question and choices about a time that the clocks show twice."""
    which, day, clock = LABELS[column].split(" (")[0], in_words(local.date()), f"{local:%H:%M}"
    zone = str(local.tzinfo)
    words = f"{_rows([place])}: the clocks go back on {day} and show {clock} twice. When is {which}?"
    choices = [
        ("first", f"The first {clock} ({utc_offset(zone, local)}), before they go back"),
        ("second", f"The second {clock} ({utc_offset(zone, local.replace(fold=1))}), after it"),
    ]
    return words, choices


def _notices(table: Table, reading: Reading) -> Iterator[str]:
    if reading.day_above:
        yield f"{_rows(reading.day_above)}: no day in the row, so that of the rows above counts."
    if reading.only_day:
        yield f"{_rows(reading.only_day)}: no day in the row, so it is the day of the event."
    if reading.other_length:
        yield f"{_rows(reading.other_length)}: the end counts, although the length says otherwise."
    handles = [handle for row in table for handle in handles_in(row["hosts"])]
    if handles:
        yield f"Not kept, because hosts have no handles here: {', '.join(dict.fromkeys(handles[:10]))}."


def _rows(places: Sequence[str]) -> str:
    shown = listed(places, 8)
    return f"{'Row' if len(places) == 1 else 'Rows'} {shown}"
