"""What importing a programme would do: sessions that are new, changed, as they are, and not in the file.

A plan is made once for the preview and once more when it is carried out, under the locks of all it compares.
It takes a number of queries that does not depend on the rows.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch

from common.fingerprints import is_as_seen, with_number
from common.spreadsheets.questions import Answers, Question
from common.spreadsheets.tables import TableProblem
from common.times import format_clock
from events.models import Event, Session, SessionContributor
from events.places import CapacityBelowTaken
from workshops.models import Workshop
from workshops.places.counters import locked_workshops
from workshops.programme.changes import locked_sessions
from workshops.programme_import.hosts_and_themes import People, Themes, free_slug
from workshops.programme_import.matching import match_rows
from workshops.programme_import.open_questions import (
    not_called_off,
    of_a_likely_length,
    on_days_of_the_event,
    with_ends,
    with_times_or_not,
)
from workshops.programme_import.reading import Programme
from workshops.programme_import.refused_moves import emails, people_asked, problems_of_moves
from workshops.programme_import.rows import ProgrammeRow, as_read
from workshops.programme_import.side_effects import clashes, made_new

#: Columns that are fields of the session, in the order in which changes are listed.
FIELDS = ("title", "format", "starts_at", "ends_at", "room", "summary", "description")
#: Columns of the file that say what a field is.
SAID_BY = {
    "starts_at": {"starts_at", "date", "ends_at"},
    "ends_at": {"ends_at", "duration", "starts_at"},
    "description": {"description", "abstract"},
    "summary": {"summary", "abstract"},
}


@dataclass(frozen=True)
class Change:
    """One value of a session that would be another."""

    column: str
    before: str
    after: str

    @property
    def what(self) -> str:
        """The column in words."""
        return {"starts_at": "start", "ends_at": "end", "capacity": "places"}.get(self.column, self.column)


@dataclass
class PlannedSession:
    """What one row would do; ``session`` carries the new values and is not saved."""

    row: ProgrammeRow
    session: Session
    is_new: bool
    changes: list[Change] = field(default_factory=list)

    @property
    def starts(self) -> str:
        """When it starts, in the event's time: "Wed 9 Dec 2026, 09:30"."""
        at, zone = self.row.starts_at, self.session.event.zone
        return f"{_day(at.astimezone(zone))}, {_clock(at, self.session.event)}" if at else ""

    @property
    def ends(self) -> str:
        """When it ends: the time, and the day where it is another one."""
        begins, at, event = self.row.starts_at, self.row.ends_at, self.session.event
        if begins is None or at is None:
            return ""
        first, last = (moment.astimezone(event.zone) for moment in (begins, at))
        return (f"{_day(last)}, " if first.date() != last.date() else "") + _clock(at, event)

    def changed(self, *columns: str) -> bool:
        """Whether the session is new or one of these columns changes."""
        return self.is_new or any(change.column in columns for change in self.changes)


@dataclass
class Options:
    """What was chosen beside the file."""

    lift_limits: bool = False
    publish: bool = True


@dataclass
class Plan:
    """What an import would do; ``fingerprint`` is the same as long as it would do the same."""

    event: Event
    options: Options
    columns: list[str]
    planned: list[PlannedSession] = field(default_factory=list)
    gone: list[Session] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[TableProblem] = field(default_factory=list)
    #: What would be made: (what it is, names with the nearest known one).
    made: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    #: Who would have two sessions at once, and which rooms and hosts.
    clashes: list[str] = field(default_factory=list)
    #: How many emails go out about new times and rooms: one for each member, one for each session and host.
    emails: int = 0

    @property
    def new(self) -> list[PlannedSession]:
        """Rows that would become sessions."""
        return [one for one in self.planned if one.is_new]

    @property
    def changed(self) -> list[PlannedSession]:
        """Rows that would change a session."""
        return [one for one in self.planned if one.changes and not one.is_new]

    @property
    def unchanged(self) -> list[PlannedSession]:
        """Rows that are as their session is."""
        return [one for one in self.planned if not one.changes and not one.is_new]

    @property
    def open_questions(self) -> list[Question]:
        """What must be answered before anything is imported."""
        return [question for question in self.questions if question.is_open]

    @property
    def answered_questions(self) -> list[Question]:
        """What has an answer, or a usual one: how the file was read."""
        return [question for question in self.questions if not question.is_open]

    @property
    def has_answers(self) -> bool:
        """Whether anything could be read otherwise."""
        return bool(self.answered_questions)

    @property
    def is_ready(self) -> bool:
        """Whether it may be carried out."""
        return not (self.problems or self.open_questions)

    @property
    def fingerprint(self) -> str:
        """How many it emails, and a digest of all that it does and who would have two sessions at once."""
        told = [(one.row, one.session.pk, one.changes) for one in (*self.new, *self.changed)]
        digest = hashlib.sha256(repr((self.event.pk, self.options, told, self.clashes)).encode()).hexdigest()
        return with_number(self.emails, digest)

    def is_as(self, seen: str) -> bool:
        """Whether it does what was seen, and emails as many but for one in a hundred: booking goes on."""
        return is_as_seen(seen, self.fingerprint)


def make_plan(
    event: Event, programme: Programme, answers: Answers, options: Options, *, is_locked: bool = False
) -> Plan:
    """Say what importing would do; ``is_locked`` keeps sessions and their places so until the commit."""
    plan = Plan(event, options, programme.columns, problems=[*programme.problems])
    plan.notices, plan.questions = [*programme.notices], [*programme.questions]
    sessions = _sessions(event, is_locked=is_locked)
    matches, plan.gone = match_rows(programme.rows, sessions)
    wrong = {(one.sheet, one.row) for one in programme.problems}
    rows = [row for row in programme.rows if row.place not in wrong]
    for decided in (
        not_called_off,
        with_times_or_not,
        with_ends,
        on_days_of_the_event,
        of_a_likely_length,
    ):
        rows = decided(rows, matches, plan, answers)
    slugs = {session.slug for session in sessions}
    before = {session.pk: (session.starts_at, session.ends_at) for session in sessions}
    for row in rows:
        if row.place in matches:
            plan.planned.append(_known(row, matches[row.place], plan))
        else:
            plan.planned.append(_unknown(row, plan, slugs))
    people, themes = People(event), Themes(event)
    plan.problems += people.problems(one.row for one in plan.planned if one.changed("hosts"))
    plan.problems += problems_of_moves(plan.changed, before)
    plan.problems.sort(key=lambda problem: (problem.sheet, problem.row))
    plan.made = made_new(rows, people, themes, {as_read("room", one.room) for one in sessions})
    plan.clashes = people_asked(plan.changed, before) + clashes(plan.planned, plan.gone)
    plan.emails = emails(plan.changed)
    return plan


def _sessions(event: Event, *, is_locked: bool) -> list[Session]:
    links = SessionContributor.objects.select_related("contributor")
    sessions = Session.objects.filter(event=event).select_related("event", "workshop").order_by("pk")
    if is_locked:
        # Who books meanwhile waits: whom a move makes clash is compared with what was seen.
        locked_workshops(locked_sessions(sessions.values_list("pk", flat=True)))
        sessions = sessions.select_for_update(no_key=True, of=("self",))
    return list(sessions.prefetch_related("themes", Prefetch("session_contributors", queryset=links)))


def _unknown(row: ProgrammeRow, plan: Plan, slugs: set[str]) -> PlannedSession:
    session = Session(
        event=plan.event,
        slug=free_slug(row.title, f"session-{row.number}", slugs),
        external_id=row.external_id,
        status=row.status or (Session.Status.PUBLISHED if plan.options.publish else Session.Status.DRAFT),
        **{name: getattr(row, name) for name in FIELDS} | {"format": row.effective_format},
    )
    slugs.add(session.slug)
    return PlannedSession(row, session, is_new=True)


def _known(row: ProgrammeRow, session: Session, plan: Plan) -> PlannedSession:
    planned = PlannedSession(row, session, is_new=False)
    columns = set(plan.columns)
    for name in FIELDS:
        before, after = getattr(session, name), getattr(row, name)
        is_said = SAID_BY.get(name, {name}) & columns
        if name == "format" and row.format is Session.Format.ON_DEMAND:
            is_said = {name}
        if not is_said or before == after or (name == "format" and after is None):
            continue
        if isinstance(before, str) and as_read(name, before) == after:
            continue
        setattr(session, name, after)
        planned.changes.append(Change(name, _shown(before, plan.event), _shown(after, plan.event)))
    if row.external_id and row.external_id != session.external_id:
        planned.changes.append(Change("id", session.external_id, row.external_id))
        session.external_id = row.external_id
    if session.status == Session.Status.DRAFT and row.status == Session.Status.PUBLISHED:
        planned.changes.append(Change("status", session.status, row.status))
        session.status = row.status
    planned.changes += _changed_links(row, session, columns)
    if "capacity" in columns:
        planned.changes += _changed_capacity(row, session, plan)
    return planned


def _changed_links(row: ProgrammeRow, session: Session, columns: set[str]) -> Iterator[Change]:
    themes = [theme.title for theme in session.themes.all()]
    if "theme" in columns and {one.casefold() for one in themes} != {one.casefold() for one in row.themes}:
        yield Change("theme", "; ".join(themes), "; ".join(row.themes))
    hosts = [
        link.contributor
        for link in session.session_contributors.all()
        if link.part == SessionContributor.Part.HOST
    ]
    if {"hosts", "first_name", "last_name"} & columns and not People.are(hosts, row.hosts):
        yield Change(
            "hosts", "; ".join(host.name for host in hosts), "; ".join(host.name for host in row.hosts)
        )


def _changed_capacity(row: ProgrammeRow, session: Session, plan: Plan) -> Iterator[Change]:
    workshop: Workshop | None = getattr(session, "workshop", None)
    if workshop is None:
        if row.capacity is not None:
            yield Change("capacity", "open to all who are registered", str(row.capacity))
        return
    if row.capacity == workshop.capacity:
        return
    if row.capacity is None and (workshop.taken or workshop.line) and not plan.options.lift_limits:
        plan.notices.append(
            f"Row {row.number}: “{session.title}” keeps its {workshop.capacity} places, "
            "although the file sets no limit, because people have booked it."
        )
    elif not workshop.can_be(row.capacity):
        message = str(CapacityBelowTaken(workshop.taken, row.capacity))
        plan.problems.append(TableProblem(row.number, "capacity", message, row.sheet))
    else:
        yield Change("capacity", _places(workshop.capacity), _places(row.capacity))


def _shown(value: object, event: Event) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(event.zone).date()} {_clock(value, event)}"
    return "" if value is None else str(value)


def _day(local: datetime) -> str:
    return f"{local:%a} {local.day} {local:%b %Y}"


def _clock(at: datetime, event: Event) -> str:
    """Return the time of day: with seconds where there are some, with the offset where it is there twice."""
    seconds = at.astimezone(event.zone).strftime(":%S") if at.second else ""
    clock, _, offset = format_clock(at, event.time_zone).partition(" ")
    return f"{clock}{seconds} {offset}".rstrip()


def _places(capacity: int | None) -> str:
    return "no limit" if capacity is None else str(capacity)
