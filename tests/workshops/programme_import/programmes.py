"""A programme as a file, planned and imported."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

import pytest

from common.spreadsheets.tables import TableRefused
from events.models import Event
from tests import make
from tests.make import BY, NOW
from workshops.programme_import.importing import Options, import_programme, look, plan_import
from workshops.programme_import.plan import Plan

HEADER = "title,format,theme,starts_at,ends_at,room,capacity,hosts,summary,description"
WELCOME = "Welcome,plenary,Opening,2026-11-18T09:00:00+00:00,2026-11-18T09:45:00+00:00,Hall,,Ada,,"
CLINIC = "Clinic,workshop,Flow,2026-11-18T10:00:00+00:00,2026-11-18T11:00:00+00:00,R1,12,Bo; Cy,Short,Long"
HUDDLE = "Huddle,talk,Flow,2026-11-18T10:00:00+00:00,2026-11-18T11:00:00+00:00,R2,,Cy,,"


def plan(event: Event, *rows: str, header: str = HEADER, **options: Any) -> Plan:
    return plan_import(event, file(*rows, header=header), "programme.csv", **options)


def file(*rows: str, header: str = HEADER) -> io.BytesIO:
    return io.BytesIO("\n".join([header, *rows]).encode())


def load(
    event: Event, *rows: str, header: str = HEADER, answers: Mapping[str, str] | None = None, **options: Any
) -> Plan:
    return load_file(event, file(*rows, header=header), "programme.csv", answers=answers, **options)


def load_file(
    event: Event, content: BinaryIO, name: str, *, answers: Mapping[str, str] | None = None, **options: Any
) -> Plan:
    """Look at a programme, and import just that."""
    looked = plan_import(event, content, name, answers=answers, **options)
    chosen = Options(**options)
    return import_programme(
        event, content, name, looked.fingerprint, by=BY, at=NOW, answers=answers, options=chosen
    )


def counts(planned: Plan) -> tuple[int, int, int, int]:
    """(new, changed, unchanged, gone)."""
    return len(planned.new), len(planned.changed), len(planned.unchanged), len(planned.gone)


def problems(refused: pytest.ExceptionInfo[TableRefused]) -> list[str]:
    return [str(problem) for problem in refused.value.problems]


def december() -> Event:
    """An event on 9 and 10 December 2026, UK and Ireland time."""
    return make.event(first_day=date(2026, 12, 9), last_day=date(2026, 12, 10))


def planned(
    event: Event, text: str | bytes, answers: Mapping[str, str] | None = None, name: str = "p.csv"
) -> Plan:
    """What the preview of a file says, its questions answered or open."""
    content = text if isinstance(text, bytes) else text.encode()
    return look(event, io.BytesIO(content), name, answers=answers)


def spans(plan: Plan) -> list[tuple[str, ...]]:
    """(title, "09 09:30", "09 10:30") of what would be new, in the event's time."""
    zone = plan.event.zone
    return [
        (
            one.row.title,
            *(f"{at.astimezone(zone):%d %H:%M}" if at else "" for at in (one.row.starts_at, one.row.ends_at)),
        )
        for one in plan.new
    ]


def told(plan: Plan) -> list[str]:
    return [str(problem) for problem in plan.problems]
