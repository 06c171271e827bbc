"""Reading the report of a meeting: Zoom's (meeting or webinar, a row a join or a row a person) or Teams'.

A report is several tables below each other: facts of the meeting, hosts, those who came, and with Teams each
join once more. Every table of people is known by its headings; where one has a row a person with first join
and last leave, the joins below it say the same again and are not read. The list that Teams gives while a
meeting goes on has a row an act, "Joined" or "Left" (``acts``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import BinaryIO, Final

from common.spreadsheets.cells import column_name, tidy
from common.spreadsheets.files import read_grid
from common.spreadsheets.grids import GridLine
from common.spreadsheets.questions import Answers, Question, ask
from common.spreadsheets.tables import refused
from common.times import format_day
from common.words import counted
from live.meeting_reports.acts import Act, Row, paired
from live.meeting_reports.moments import Order, days_of, moment, order_of, seconds

#: So many rows a report may have; a webinar of thousands joins several times each.
MAX_ROWS: Final = 20_000
OF_THE_DAY: Final = "day"
_HEADINGS: Final = {
    "name": "name name_original_name user_name user_name_original_name full_name display_name",
    "email": "email user_email email_address participant_email",
    "account": "participant_id_upn upn",
    "joined": "join_time first_join first_join_time",
    "left": "leave_time last_leave last_leave_time",
    "lasted": (
        "duration duration_minutes total_duration_minutes in_meeting_duration meeting_duration "
        "time_in_session_minutes time_in_session attendance_duration"
    ),
    "attended": "attended",
    "act": "user_action",
    "when": "timestamp",
}
COLUMNS: Final = {heading: column for column, words in _HEADINGS.items() for heading in words.split()}
#: A table with these has a row a person, and counted itself how long they were there.
_OF_PEOPLE: Final = frozenset({"first_join", "first_join_time", "total_duration_minutes"})
_NO_REPORT: Final = (
    "No table with names and times was found, so this is no report of a meeting. In Zoom it is under "
    "Reports, Usage, Participants: export it. In Teams it is on the meeting’s Attendance tab: download it."
)


@dataclass(frozen=True)
class Stay:
    """That somebody was in the meeting, from when until when by the report's clock, and how long."""

    row: int
    name: str
    address: str
    began: datetime | None
    ended: datetime | None
    seconds: int
    is_all: bool


@dataclass
class Report:
    """What was read of a file: stays, what it leaves open, and what is worth saying about it."""

    stays: list[Stay] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_report(file: BinaryIO, filename: str, day: date, answers: Answers) -> Report:
    """Return who was in the meeting of a session that was on ``day``. Raises ``TableRefused``."""
    grid = read_grid(file, filename, COLUMNS.keys())
    rows = list(_rows([line for sheet in grid.sheets for line in sheet.lines]))
    if not rows:
        raise refused("Nobody is in this report: there are headings, and no rows below them.")
    if len(rows) > MAX_ROWS:
        raise refused(f"The report has {len(rows):,} rows; {MAX_ROWS:,} are the most.")
    report = Report(notices=list(grid.notices))
    order = _order(rows, day, report, answers)
    last = _last(rows, order)
    report.stays = [stay for row in rows if (stay := _stay(row, order, last))]
    _say_who_stayed(rows, report)
    return report


def _last(rows: Sequence[Row], order: Order) -> datetime | None:
    """Return the last moment that the report tells of."""
    known = [moment(text, order) for row in rows for text in (row.joined, row.left)]
    return max((one for one in known if one), default=None)


def _say_who_stayed(rows: Sequence[Row], report: Report) -> None:
    if number := sum(row.is_open for row in rows):
        who = counted(number, "%(count)s person had", "%(count)s people had")
        report.notices.append(
            f"{who} not left when this list was downloaded: they are counted until the last time in it. "
            "The report that is there once a meeting is over knows how long they stayed."
        )


def _order(rows: Sequence[Row], day: date, report: Report, answers: Answers) -> Order:
    """Return in which order days are written; ask where the report is of no day like the session's."""
    written = [text for row in rows for text in (row.joined, row.left) if text]
    order = order_of(written, day)
    if order or not written:
        return order or "dmy"
    days = days_of(written)
    if not days:
        return "dmy"  # nothing is read as a time: durations alone count
    choices = [
        (one, f"Yes: it is of {format_day(found)}, and is read for this session")
        for one, found in days.items()
    ]
    if len(set(days.values())) == 1:
        choices = choices[:1]
    words = (
        f"The report is of another day than the session, which was on {format_day(day)}. Is it the right one?"
    )
    question = ask(OF_THE_DAY, words, choices, answers)
    report.questions.append(question)
    return "mdy" if question.answer == "mdy" or "dmy" not in days else "dmy"


def _rows(lines: Sequence[GridLine]) -> Iterator[Row]:
    """Yield the rows of all tables of people. Raises ``TableRefused`` where there is none."""
    places: Mapping[str, int] = {}
    is_all, has_people, is_found = False, False, False
    acts: list[Act] = []
    for line in lines:
        names = [column_name(cell) for cell in line.cells]
        if heading := _heading(names):
            is_found = True
            is_all = not _OF_PEOPLE.isdisjoint(names)
            places = {} if has_people and not is_all else heading
            has_people = has_people or "first_join" in names
        elif "act" in places:
            acts.append(Act(line.number, *(_cell(line, places, one) for one in ("name", "act", "when"))))
        elif places and (row := _row(line, places, is_all=is_all)):
            yield row
    yield from paired(acts)
    if not is_found:
        raise refused(_NO_REPORT)


def _heading(names: Sequence[str]) -> Mapping[str, int]:
    """Return where each column of a table of people is, nothing for a line that is no heading of one."""
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if column := COLUMNS.get(name):
            places.setdefault(column, place)
    has_times = not {"joined", "lasted"}.isdisjoint(places) or {"act", "when"} <= places.keys()
    return places if "name" in places and has_times else {}


def _row(line: GridLine, places: Mapping[str, int], *, is_all: bool) -> Row | None:
    """Return what a line says, ``None`` where it says of nobody that they were there."""

    def cell(column: str) -> str:
        return _cell(line, places, column)

    name, joined, lasted = cell("name"), cell("joined"), cell("lasted")
    address = next((text.lower() for text in (cell("email"), cell("account")) if "@" in text), "")
    if cell("attended").casefold() == "no" or not (name or address) or not (joined or lasted):
        return None
    return Row(line.number, name, address, joined, cell("left"), lasted, is_all=is_all)


def _cell(line: GridLine, places: Mapping[str, int], column: str) -> str:
    """Return what stands in a column of a line; "" where nothing does, or a stroke for nothing."""
    place = places.get(column, len(line.cells))
    value = tidy(line.cells[place]) if place < len(line.cells) else ""
    return "" if value.strip("-–—") == "" else " ".join(value.split())


def _stay(row: Row, order: Order, last: datetime | None) -> Stay | None:
    """Return the stay that a row tells; ``None`` where it says neither from when until when nor how long."""
    began = moment(row.joined, order)
    ended = last if row.is_open else moment(row.left, order)
    lasted = seconds(row.lasted)
    if began and ended and ended < began:
        ended = None
    if began and not ended and lasted is not None:
        ended = began + timedelta(seconds=lasted)
    spanned = int((ended - began).total_seconds()) if began and ended else None
    if lasted is None and spanned is None:
        return None
    known = [one for one in (lasted, spanned) if one is not None]
    return Stay(row.number, row.name, row.address, began, ended, min(known), row.is_all)
