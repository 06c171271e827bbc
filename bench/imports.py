"""What importing a programme and a list of members costs: ``python -m bench.imports``.

Run it with the site's own environment (DATABASE_URL, REDIS_URL); those of ``make run`` do.
Each act is measured in a scratch database: queries, and processor time of Python and of Postgres in
milliseconds. "times" is a multiple of a yardstick of the same run: 1,000 sessions saved one by one, nothing
read, asked or compared. The bound that must hold is a preview of 1,000 rows in under 3 s, and at most one
query for a hundred rows.
"""

import csv
import io
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from bench import scratch  # isort: skip  # prepares Django

from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from audit.actors import COMMAND
from bench.cost import timed
from events.models import Event, Session
from members.list_import.importing import import_members, plan
from members.list_import.reading import read_list
from workshops.programme_import.export import programme_csv
from workshops.programme_import.importing import import_programme, look

HEADINGS = ["title", "format", "theme", "date", "start", "end", "room", "places", "speakers", "description"]
ROWS = 1_000
MEMBERS = 5_000
_FIRST = date(2026, 12, 9)
NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
Cells = list[list[str]]
Cost = tuple[int, float, float]


def _sessions(count: int, room: str = "Room") -> Cells:
    rows = []
    for n in range(count):
        day = _FIRST + timedelta(days=n % 2)
        clock = 9 * 60 + n // 2 % 16 * 30
        start, end = (f"{minute // 60}:{minute % 60:02}" for minute in (clock, clock + 30))
        hosts = f"Host {n} of Ward {n % 37}; Host {n + 1} of Ward {n % 41}"
        when = [f"{day:%d/%m/%Y}", start, end]
        rows.append(
            [
                f"Session {n}",
                "Workshop",
                f"Theme {n % 12}",
                *when,
                f"{room} {n % 25}",
                "20",
                hosts,
                "Words " * 60,
            ]
        )
    return rows


def _csv(rows: Cells, headings: list[str] = HEADINGS) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([headings, *rows])
    return file.getvalue().encode()


def _xlsx(rows: Cells) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Programme")
    for row in [HEADINGS, *rows]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cost(act: Callable[[], object]) -> Cost:
    with CaptureQueriesContext(connection) as asked:
        python, postgres = timed(act)
    return len(asked), python, postgres


def _import(event: Event, content: bytes) -> None:
    looked = look(event, io.BytesIO(content), "p.csv", answers={"night": "afternoon"})
    import_programme(
        event,
        io.BytesIO(content),
        "p.csv",
        looked.fingerprint,
        by=COMMAND,
        at=NOW,
        answers={"night": "afternoon"},
    )


def _event(slug: str) -> Event:
    at = datetime(2026, 12, 9, 8, tzinfo=UTC)
    return Event.objects.create(
        slug=slug, title=slug, first_day=_FIRST, last_day=_FIRST + timedelta(days=1),
        registration_opens_at=at, booking_opens_at=at,
    )  # fmt: skip


def _one_by_one(event: Event) -> None:
    for n in range(ROWS):
        Session.objects.create(event=event, title=f"Session {n}", slug=f"s-{n}", description="Words " * 60)


def acts() -> list[tuple[str, Callable[[], object]]]:
    """Return what is measured, in this order; the first is the yardstick."""
    plain, event = _event("plain"), _event("2026")
    few, many, moved = _csv(_sessions(10)), _csv(_sessions(ROWS)), _csv(_sessions(ROWS, "Hall"))
    workbook = _xlsx(_sessions(ROWS))
    people = _csv(
        [[f"p{n}@example.org", f"Person {n}", "NHS"] for n in range(MEMBERS)], ["email", "name", "trust"]
    )

    def preview(content: bytes) -> Callable[[], object]:
        return lambda: look(event, io.BytesIO(content), "p", answers={"night": "afternoon"})

    def listed() -> object:
        return plan(read_list(io.BytesIO(people), "l.csv", {}).entries)

    return [
        (f"{ROWS:,} sessions saved one by one", lambda: _one_by_one(plain)),
        ("preview of 10 rows", preview(few)),
        (f"preview of {ROWS:,} rows, CSV", preview(many)),
        (f"preview of {ROWS:,} rows, XLSX", preview(workbook)),
        (f"look and import {ROWS:,} rows", lambda: _import(event, many)),
        (f"preview of {ROWS:,} rows as they are", preview(many)),
        (f"preview of {ROWS:,} rows that change", preview(moved)),
        (f"look and import {ROWS:,} changes", lambda: _import(event, moved)),
        (f"download {ROWS:,} sessions", lambda: programme_csv(event)),
        (f"preview of {MEMBERS:,} members", listed),
        (
            f"import {MEMBERS:,} members",
            lambda: import_members(read_list(io.BytesIO(people), "l.csv", {}).entries, by=COMMAND, at=NOW),
        ),
        (f"preview of {MEMBERS:,} members as they are", listed),
    ]


def main() -> None:
    """Print the table."""
    unit = 0.0
    sys.stdout.write(f"{'':<40}{'queries':>8}{'python':>9}{'postgres':>9}{'times':>7}\n")
    for name, act in acts():
        queries, python, postgres = _cost(act)
        unit = unit or python + postgres
        times = (python + postgres) / unit
        sys.stdout.write(f"{name:<40}{queries:>8}{python:>9.0f}{postgres:>9.0f}{times:>7.2f}\n")


if __name__ == "__main__":
    with scratch.database():
        main()
