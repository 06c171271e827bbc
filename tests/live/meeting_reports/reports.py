"""Reports of a meeting on the 18th of November 2026, from 10 to 11 by their own clocks."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from live.meeting_reports.reading import Report, read_report

FILES = Path(__file__).parent / "files"
DAY = date(2026, 11, 18)


def content(name: str) -> bytes:
    return (FILES / name).read_bytes()


def report(name: str, day: date = DAY, answers: Mapping[str, str] | None = None) -> Report:
    return read_report(io.BytesIO(content(name)), name, day, answers or {})


def typed(text: str, day: date = DAY, answers: Mapping[str, str] | None = None) -> Report:
    return read_report(io.BytesIO(text.encode()), "report.csv", day, answers or {})
