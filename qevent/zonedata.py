"""Checks whose data of time zones are used: those of the pinned ``tzdata`` package, in every process.

Python prefers the system's files where there are some, and those are as old as the machine: a country that
changed its rules this year would be an hour off on one server and not on the next. The C library, which
Python asks nothing but the site's own zone, and Postgres have data of their own: nothing here asks them.
"""

import zoneinfo
from typing import Any

import tzdata
from django.core import checks


def connect() -> None:
    """Have Django check it; for ``AppConfig.ready``."""
    checks.register(check_source)
    checks.register(say_release, checks.Tags.compatibility, deploy=True)


def check_source(**_: Any) -> list[checks.CheckMessage]:
    """Warn where zones come from the system's files."""
    if not zoneinfo.TZPATH:
        return []
    where = ", ".join(zoneinfo.TZPATH)
    return [
        checks.Warning(
            f"Time zones come from the system ({where}), not from the pinned tzdata package.",
            hint="Something has called zoneinfo.reset_tzpath() after qevent was imported.",
            id="qevent.W001",
        )
    ]


def say_release(**_: Any) -> list[checks.CheckMessage]:
    """Say which release of the time zone database is in use; with ``check --deploy`` only."""
    if zoneinfo.TZPATH:
        return []
    return [
        checks.Info(
            f"Time zones are those of release {tzdata.IANA_VERSION}, from the pinned tzdata package.",
            id="qevent.I001",
        )
    ]
