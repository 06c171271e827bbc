"""What a page costs: asked for through Django's test client, in this process.

Nothing here knows the site: another project's pages are measured by the same lines (bench/comments_xtd.py).
"""

import gzip
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

ROUNDS = 5
MILLI = 1000
NANO = 1_000_000


@dataclass(frozen=True)
class Page:
    """A page, and who reads it: ``None`` for a visitor."""

    name: str
    url: str
    reader: str | None = None


@dataclass(frozen=True)
class Cost:
    """What one page cost: processor time in milliseconds, sizes in bytes."""

    queries: int
    python: float
    postgres: float
    size: int
    gzipped: int

    @property
    def sum(self) -> float:
        """Processor time of both, in milliseconds."""
        return self.python + self.postgres


def measure(page: Page, clients: dict[str | None, Client]) -> Cost:
    """Ask for the page so many times and take the medians. Raises ``RuntimeError`` unless it answers 200."""
    client = clients[page.reader]
    response = client.get(page.url)
    if response.status_code != HttpResponse.status_code:
        raise RuntimeError(f"{page.url} answered {response.status_code}.")
    with CaptureQueriesContext(connection) as asked:
        client.get(page.url)
    queries = len(asked)  # each request empties the log
    python, postgres = zip(*(timed(lambda: client.get(page.url)) for _ in range(ROUNDS)), strict=True)
    content = response.getvalue() if response.streaming else response.content
    return Cost(
        queries,
        statistics.median(python),
        statistics.median(postgres),
        len(content),
        len(gzip.compress(content, 6)),
    )


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return the processor time of Python and of Postgres for one act, in milliseconds."""
    before, began = _postgres_time(), time.process_time()
    act()
    return (time.process_time() - began) * MILLI, _postgres_time() - before


def _postgres_time() -> float:
    """Return the processor time of this connection's Postgres process so far, in milliseconds."""
    try:
        connection.ensure_connection()
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    except OSError:
        return 0.0
    return int(told.split()[0]) / NANO


def heading(width: int) -> str:
    """Return the first line of a table whose names take ``width`` characters."""
    return f"{'':<{width}}{'queries':>8}{'python':>9}{'postgres':>9}{'times':>7}{'kB':>8}{'gzip':>7}\n"


def line(name: str, width: int, cost: Cost, unit: Cost) -> str:
    """Return a line of the table; "times" is a multiple of ``unit``."""
    return (
        f"{name:<{width}}{cost.queries:>8}{cost.python:>9.1f}{cost.postgres:>9.1f}{cost.sum / unit.sum:>7.1f}"
        f"{cost.size / 1024:>8.0f}{cost.gzipped / 1024:>7.1f}\n"
    )
