"""Importing a programme from a spreadsheet: look at everything first, then all of it or nothing.

``plan_import`` says what would happen: sessions that are new, changed (what, from what, to what),
as they are, and sessions that no row names (listed, never deleted). ``carry_out`` does it in one
transaction through the rules of ``workshops.programme``, so that moves tell people, bookings stay
and no capacity falls below what is taken. The same file a second time changes nothing. A blank
capacity means no limit, but the limit of a session that people have booked is lifted only where
``lift_limits`` asks for it. A column that the file does not have changes nothing. A new session is what
its ``status`` says, else published where ``publish`` asks for it, else a draft; a draft that the file calls
published becomes so, but nothing that people see becomes a draft by a file.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import Prefetch

from events.models import Event, Session, SessionContributor
from events.transactions import retried
from events.versions import raise_version
from members.tables import Table, TableProblem, TableRefused, read_table, refused, shortened
from members.words import counted
from workshops import programme, waiting
from workshops.models import Workshop
from workshops.programme_matching import match_rows
from workshops.programme_people import People, Themes, free_slug
from workshops.programme_rows import ALIASES, COLUMNS, ProgrammeRow, read_rows

#: Columns that are fields of the session, in the order in which changes are listed.
FIELDS = ("title", "format", "starts_at", "ends_at", "room", "summary", "description")


@dataclass(frozen=True)
class Change:
    """One value of a session that would be another."""

    column: str
    before: str
    after: str


@dataclass
class PlannedSession:
    """What one row would do; ``session`` carries the new values and is not saved."""

    row: ProgrammeRow
    session: Session
    is_new: bool
    changes: list[Change] = field(default_factory=list)

    def changed(self, *columns: str) -> bool:
        """Whether the session is new or one of these columns changes."""
        return self.is_new or any(change.column in columns for change in self.changes)


@dataclass
class Plan:
    """What an import would do; ``fingerprint`` is the same as long as it would do the same."""

    event: Event
    planned: list[PlannedSession]
    gone: list[Session]
    notices: list[str]
    lift_limits: bool
    publish: bool

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
    def fingerprint(self) -> str:
        """A digest of everything that would be done."""
        told = [(one.row, one.session.pk, one.changes) for one in (*self.new, *self.changed)]
        return hashlib.sha256(
            repr((self.event.pk, self.lift_limits, self.publish, told)).encode()
        ).hexdigest()


def plan_import(
    event: Event,
    file: BinaryIO,
    filename: str,
    *,
    at: datetime,
    lift_limits: bool = False,
    publish: bool = True,
) -> Plan:
    """Say what importing the file would do; nothing is changed.

    Raises ``TableRefused`` with every problem by row. What only the rules can refuse (booked people
    would clash) is tried in a transaction that is undone.
    """
    table = read_table(file, filename, COLUMNS, aliases=ALIASES)
    rows = read_rows(table, event.zone)
    with transaction.atomic():
        _write(_plan(event, rows, table, lift_limits=lift_limits, publish=publish), at)
        transaction.set_rollback(True)
    return _plan(event, rows, table, lift_limits=lift_limits, publish=publish)


def carry_out(plan: Plan, *, at: datetime) -> None:
    """Import what was planned, all or nothing. Raises ``TableRefused`` where a rule refuses."""
    for session_id in _write(plan, at):
        waiting.serve(session_id, at=at)


def _plan(
    event: Event, rows: Sequence[ProgrammeRow], table: Table, *, lift_limits: bool, publish: bool
) -> Plan:
    sessions = _sessions(event)
    matches, gone = match_rows(rows, sessions)
    slugs = {session.slug for session in sessions}
    plan = Plan(event, [], gone, [*table.notices, *_other_days(event, rows)], lift_limits, publish)
    problems: list[TableProblem] = []
    for row in rows:
        if row.number in matches:
            plan.planned.append(_known(row, matches[row.number], table.columns, plan, problems))
        else:
            plan.planned.append(_unknown(row, plan, slugs))
    problems += People(event).problems(rows)
    if problems:
        raise TableRefused(shortened(sorted(problems, key=lambda problem: problem.row)))
    return plan


def _other_days(event: Event, rows: Sequence[ProgrammeRow]) -> Iterator[str]:
    """Yield a notice where sessions are on other days than the event: a wrong year, or another file."""
    days = [(row.number, row.starts_at.astimezone(event.zone).date()) for row in rows if row.starts_at]
    if other := [number for number, day in days if not event.first_day <= day <= event.last_day]:
        sessions = counted(len(other), "session is", "sessions are")
        first = f"The first is in row {other[0]}."
        yield f"{sessions} outside of the event's days, {event.first_day} to {event.last_day}. {first}"


def _sessions(event: Event) -> list[Session]:
    links = SessionContributor.objects.select_related("contributor")
    sessions = Session.objects.filter(event=event).select_related("event", "workshop")
    return list(sessions.prefetch_related("themes", Prefetch("session_contributors", queryset=links)))


def _unknown(row: ProgrammeRow, plan: Plan, slugs: set[str]) -> PlannedSession:
    session = Session(
        event=plan.event,
        slug=free_slug(row.title, f"session-{row.number}", slugs),
        external_id=row.external_id,
        status=row.status or (Session.Status.PUBLISHED if plan.publish else Session.Status.DRAFT),
        **{name: getattr(row, name) for name in FIELDS} | {"format": row.effective_format},
    )
    slugs.add(session.slug)
    return PlannedSession(row, session, is_new=True)


def _known(
    row: ProgrammeRow, session: Session, columns: Sequence[str], plan: Plan, problems: list[TableProblem]
) -> PlannedSession:
    planned = PlannedSession(row, session, is_new=False)
    for name in FIELDS:
        before, after = getattr(session, name), getattr(row, name)
        if name not in columns or before == after or (name == "format" and after is None):
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
        planned.changes += _changed_capacity(row, session, plan, problems)
    return planned


def _changed_links(row: ProgrammeRow, session: Session, columns: Sequence[str]) -> Iterator[Change]:
    themes = [theme.title for theme in session.themes.all()]
    if "theme" in columns and {one.casefold() for one in themes} != {one.casefold() for one in row.themes}:
        yield Change("theme", "; ".join(themes), "; ".join(row.themes))
    hosts = [
        link.contributor
        for link in session.session_contributors.all()
        if link.part == SessionContributor.Part.HOST
    ]
    if "hosts" in columns and not People.are(hosts, row.hosts):
        yield Change(
            "hosts", "; ".join(host.name for host in hosts), "; ".join(host.name for host in row.hosts)
        )


def _changed_capacity(
    row: ProgrammeRow, session: Session, plan: Plan, problems: list[TableProblem]
) -> Iterator[Change]:
    workshop: Workshop | None = getattr(session, "workshop", None)
    if workshop is None:
        if row.capacity is not None:
            yield Change("capacity", "open to all who are registered", str(row.capacity))
        return
    if row.capacity == workshop.capacity:
        return
    if row.capacity is None and (workshop.taken or workshop.line) and not plan.lift_limits:
        plan.notices.append(
            f"Row {row.number}: “{session.title}” keeps its {workshop.capacity} places, "
            "although the file sets no limit, because people have booked it."
        )
    elif row.capacity is not None and row.capacity < workshop.taken:
        taken = counted(workshop.taken, "place is taken", "places are taken")
        message = f"{taken}, so there cannot be {row.capacity}."
        problems.append(TableProblem(row.number, "capacity", message))
    else:
        yield Change("capacity", _places(workshop.capacity), _places(row.capacity))


def _shown(value: object, event: Event) -> str:
    if isinstance(value, datetime):
        return value.astimezone(event.zone).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else str(value)


def _places(capacity: int | None) -> str:
    return "no limit" if capacity is None else str(capacity)


@retried
def _write(plan: Plan, at: datetime) -> list[int]:
    """Do what is planned in one transaction; return the sessions whose waiting list to serve after it."""
    people, themes = People(plan.event), Themes(plan.event)
    todo = [*plan.new, *plan.changed]
    try:
        to_serve = programme.write_sessions([one.session for one in todo], at=at)
    except programme.ProgrammeRefused as refusal:
        raise refused(str(refusal)) from refusal
    for one in todo:
        if one.changed("theme"):
            one.session.themes.set(themes.named(one.row.themes))
        if one.changed("hosts"):
            people.set_hosts(one.session, one.row.hosts)
        to_serve += _write_capacity(one)
    raise_version(plan.event.pk)
    return to_serve


def _write_capacity(one: PlannedSession) -> list[int]:
    is_booked = one.session.format in Session.BOOKED_FORMATS or one.row.capacity is not None
    if not one.changed("capacity") or not one.session.is_live or (one.is_new and not is_booked):
        return []
    try:
        programme.write_capacity(one.session, one.row.capacity)
    except programme.ProgrammeRefused as refusal:
        raise refused(str(refusal), row=one.row.number, column="capacity") from refusal
    return [one.session.pk]
