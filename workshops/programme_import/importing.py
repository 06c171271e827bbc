"""Importing a programme from a spreadsheet: look at everything first, then all of it or nothing.

``look`` says what would happen: sessions that are new, changed (what, from what, to what), as they are, and
sessions that no row names (listed, never deleted); what the file leaves open, as questions; and what is
wrong, by row. ``import_programme`` looks once more under lock and does it, in one transaction, only if it is
still what was looked at; moves tell people by the rules of ``workshops.programme.changes``, bookings stay and
no capacity falls below what is taken. The same file a second time changes nothing. A blank capacity means no
limit, but the limit of a session that people have booked is lifted only where ``lift_limits`` asks for it. A
column that the file does not have changes nothing. A new session is what its ``status`` says, else published
where ``publish`` asks for it, else a draft; a draft that the file calls published becomes so, but nothing
that people see becomes a draft by a file.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import BinaryIO

from django.db import connection

from audit.actors import By, importing
from common.spreadsheets.questions import Answers
from common.spreadsheets.tables import TableRefused, shortened
from common.transactions import retried
from events.models import Event
from workshops.places import waiting_list
from workshops.programme_import.plan import Options, Plan, make_plan
from workshops.programme_import.reading import read_programme
from workshops.programme_import.records import record
from workshops.programme_import.writing import write

__all__ = ["ImportChanged", "Options", "Plan", "import_programme", "look", "plan_import"]

#: With the event's number, what imports into it wait for.
_LOCK = 20261209


class ImportChanged(Exception):
    """An expected no: the import would do something else than was looked at; ``plan`` is what."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("Something has changed since you looked. Nothing has been imported: look again.")
        self.plan = plan


def look(
    event: Event,
    file: BinaryIO,
    filename: str,
    *,
    answers: Answers | None = None,
    options: Options | None = None,
) -> Plan:
    """Say what importing the file would do; nothing is changed. Raises ``TableRefused`` for no table."""
    programme = read_programme(file, filename, event, answers or {})
    return make_plan(event, programme, answers or {}, options or Options())


def import_programme(
    event: Event,
    file: BinaryIO,
    filename: str,
    fingerprint: str,
    *,
    by: By,
    at: datetime,
    answers: Answers | None = None,
    options: Options | None = None,
) -> Plan:
    """Import what was looked at, all or nothing, keep a record of it, and return what was done.

    Raises ``ImportChanged`` where it would do something else, ``TableRefused`` where a rule refuses.
    """
    programme = read_programme(file, filename, event, answers or {})

    def planned() -> Plan:
        return make_plan(event, programme, answers or {}, options or Options(), is_locked=True)

    def written(plan: Plan) -> list[int]:
        record(plan, filename, by=importing(by), at=at)
        return write(plan, by=importing(by), at=at)

    plan, to_serve = _import(event.pk, planned, written, fingerprint)
    for session_id in to_serve:
        waiting_list.serve(session_id, at=at)
    return plan


@retried
def _import(
    event_id: int,
    planned: Callable[[], Plan],
    written: Callable[[Plan], list[int]],
    fingerprint: str,
) -> tuple[Plan, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, event_id])
    plan = planned()
    if not plan.is_as(fingerprint) or not plan.is_ready:
        raise ImportChanged(plan)
    return plan, written(plan)


def plan_import(
    event: Event,
    file: BinaryIO,
    filename: str,
    *,
    lift_limits: bool = False,
    publish: bool = True,
    answers: Mapping[str, str] | None = None,
) -> Plan:
    """Look, and raise ``TableRefused`` with every problem by row where there is one."""
    plan = look(event, file, filename, answers=answers, options=Options(lift_limits, publish))
    if plan.problems:
        raise TableRefused(shortened(plan.problems))
    return plan
