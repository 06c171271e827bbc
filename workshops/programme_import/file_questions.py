"""The table of a programme, and what the file as such leaves open: sheets, hidden rows, what a column is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, Final

from common.spreadsheets.cells import column_name
from common.spreadsheets.headings import Unknown
from common.spreadsheets.questions import BETWEEN, NONE, Answers, Question, ask
from common.spreadsheets.tables import Choices, Table, read_table, refused
from common.words import counted, listed
from workshops.programme_import.cells.days import Days
from workshops.programme_import.columns import ALIASES, COLUMNS, LABELS, OF_A_FORM
from workshops.programme_import.grids import (
    GRIDS,
    grid_choices,
    is_grid,
    of_a_grid,
    question_about_columns,
    unfolded,
)
from workshops.programme_import.size_limits import MAX_SESSIONS

_HEADING: Final = "heading:"
#: Headings of the reports of Zoom and Teams about who was there.
_NO_PROGRAMME: Final = "This is a list of who was in a meeting (Zoom, Teams), and no programme."
#: What stands on top of the report of Teams, in UTF-16.
_TEAMS: Final = b"Attended participants"
_TOP: Final = 2_000
_OF_A_MEETING: Final = (
    {"meeting_id", "name_original_name"},
    {"join_time", "leave_time"},
    {"first_join", "last_leave"},
)


def table_of(file: BinaryIO, filename: str, answers: Answers) -> Table:
    """Return the rows of a file, its columns as they were answered. Raises ``TableRefused``."""
    headings = {
        key.removeprefix(_HEADING): "" if value == NONE else value
        for key, value in answers.items()
        if key.startswith(_HEADING) and (value == NONE or value in COLUMNS)
    }
    for column in ("title", "starts_at", "ends_at"):
        if (name := answers.get(column, "")) not in ("", NONE, *GRIDS):
            headings[name] = column
    sheets = tuple(one for one in answers.get("sheets", "").split(BETWEEN) if one) or None
    hidden = {"read": True, "leave": False}.get(answers.get("hidden", ""))

    def read(headings: Mapping[str, str], more: Sequence[str] = ()) -> Table:
        choices = Choices(sheets=sheets, with_hidden=hidden, headings=headings)
        columns = {**COLUMNS, **dict.fromkeys(more, False)}
        return read_table(file, filename, columns, aliases=ALIASES, max_rows=MAX_SESSIONS, choices=choices)

    file.seek(0)
    if _TEAMS in file.read(_TOP).replace(b"\0", b""):
        raise refused(_NO_PROGRAMME)
    table = read(headings)
    if beside := [one.heading for one in table.unknown if one.name in ("am_pm", "ampm")]:
        raise refused(
            f"Put am and pm beside the times, such as 9:30 am: “{beside[0]}” is a column of its own."
        )
    words = [word for one in table.unknown for word in (one.heading, *one.examples)]
    if any(meeting <= {*map(column_name, words)} for meeting in _OF_A_MEETING):
        raise refused(_NO_PROGRAMME)
    if any(one.name in OF_A_FORM for one in table.unknown) and "start_time" not in headings:
        table = read({"start_time": "", "name": "", **headings})
    unnamed = of_a_grid(table.unknown)
    if not is_grid(answers) or not unnamed:
        return table
    columns = question_about_columns(unnamed, answers).answers
    others = {name: column for name, column in headings.items() if name not in columns}
    grid = unfolded(read(others, columns), columns, answers["title"])
    grid.unknown = table.unknown
    return grid


def about_the_file(table: Table, days: Days, answers: Answers) -> Iterator[Question]:
    """Yield what the file as such leaves open: sheets, hidden rows, columns."""
    if len(table.sheets) > 1:
        choices = [
            (name, f"{name} ({counted(rows, '%(count)s row', '%(count)s rows')})")
            for name, rows in table.sheets.items()
        ]
        yield ask("sheets", "Which sheets hold the programme?", choices, answers, is_many=True)
    if table.hidden:
        rows = listed(table.hidden, 10)
        hidden = counted(len(table.hidden), "%(count)s row is", "%(count)s rows are")
        words = f"{hidden} hidden or filtered out ({rows})."
        shown = len(table) - (len(table.hidden) if answers.get("hidden") == "read" else 0)
        without, besides = (
            counted(rows, "%(count)s row is", "%(count)s rows are")
            for rows in (shown, shown + len(table.hidden))
        )
        choices = [
            ("leave", f"Leave them out: {without} read"),
            ("read", f"Read them too: {besides} read"),
        ]
        yield ask("hidden", words, choices, answers)
    answered = [name for name in answers if name.startswith(_HEADING)]
    by_another = {answers.get(column) for column in ("title", "starts_at", "ends_at")}
    known = {key.removeprefix(_HEADING) for key in answered} - by_another
    names = Counter(one.name for one in table.unknown)  # those of one name could not be told apart
    unknown = [one for one in table.unknown if one.examples and names[one.name] == 1]
    unnamed = [one for one in unknown if not one.instead]
    yield from _about_what_is_missing(table, unnamed, days, answers)
    choices = [(NONE, "not read"), *LABELS.items()]
    taken = question_about_columns(of_a_grid(unnamed), answers).answers if is_grid(answers) else []
    for one in [one for one in unknown if one.name not in taken]:
        words = f"“{one.heading}” ({_examples(one)})"
        if one.more:
            rows = counted(one.more, "%(count)s row", "%(count)s rows")
            words = f"“{one.instead}” is read, but it is blank in {rows} where {words} is not."
            words += f" “{one.heading}” is:"
        elif one.instead:
            words += f", besides “{one.instead}”"
        yield ask(f"{_HEADING}{one.name}", words, choices, answers, "" if one.more else NONE)
    for column, heading in table.headings.items():
        name = Unknown(heading, ()).name
        if name in known and column in LABELS:
            yield ask(f"{_HEADING}{name}", f"“{heading}”", choices, answers, NONE)


def _about_what_is_missing(
    table: Table, unknown: Sequence[Unknown], days: Days, answers: Answers
) -> Iterator[Question]:
    """Yield a question for a column without which sessions cannot be read as they are."""
    columns = [(one.name, f"{one.heading}: {_examples(one)}") for one in unknown]
    columns += [
        (answers[column], table.headings[column])
        for column in ("title", "starts_at", "ends_at")
        if column in table.headings and column in answers and answers[column] != NONE
    ]
    if "title" not in table.columns or "title" in answers:
        titles = [*columns, *_read_as_words(table), *grid_choices(of_a_grid(unknown), days)]
        if titles:
            yield ask("title", "Which column holds the titles of the sessions?", titles, answers)
        if is_grid(answers) and unknown:
            grid = question_about_columns(of_a_grid(unknown), answers)
            columns = [one for one in columns if one[0] not in grid.answers]
            yield grid
    if not columns:
        return
    is_timed = "starts_at" in table.columns and "starts_at" not in answers
    has_moments = "date" in table.columns and "starts_at" not in table.columns
    if not is_timed and not has_moments:
        none = (NONE, "None: the sessions have no times")
        yield ask("starts_at", "Which column says when a session begins?", [*columns, none], answers)
    is_ended = {"ends_at", "duration"} & set(table.columns) and "ends_at" not in answers
    if not is_ended and (is_timed or answers.get("starts_at", NONE) != NONE):
        none = (NONE, "None: it stands with the start")
        yield ask("ends_at", "Which column says when a session ends?", [*columns, none], answers, NONE)


def _read_as_words(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the columns that are read as words of another kind, and may be titles: Zoom's "Topic"."""
    for column in ("theme", "format", "summary", "description"):
        if heading := table.headings.get(column):
            below = tuple(dict.fromkeys(row[column] for row in table if row[column]))[:3]
            one = Unknown(heading, below)
            yield one.name, f"{heading}: {_examples(one)}"


def _examples(one: Unknown) -> str:
    return ", ".join(" ".join(example.split())[:40] for example in one.examples)
