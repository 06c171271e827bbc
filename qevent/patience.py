"""How long a request waits for a Postgres that is away: it may be returning, which takes a second or two.

Where no connection could be made nothing has been done, so whoever needs one may try again, what is sent
too; ``qevent.patient_postgres`` does. A request waits for ``WAIT_SECONDS`` in all. What has been away for
longer than ``RETURNS_WITHIN_SECONDS`` is not returning: nobody waits then, and the page that says so comes
at once. Commands and workers do not wait here: they have their own ways to begin again.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.db import InterfaceError, OperationalError

from common import turns

WAIT_SECONDS = 2.0
RETURNS_WITHIN_SECONDS = 10.0
PAUSE_SECONDS = 0.05

#: How Postgres says that it goes or is not there yet (Appendix A of its manual, class 57); a connection that
#: was cut, or never made, has no code.
AWAY: Final = frozenset({None, "57P01", "57P02", "57P03"})

logger = logging.getLogger(__name__)

#: Until when the request that this thread answers waits, by the monotonic clock; others never wait.
_until: ContextVar[float] = ContextVar("until", default=0.0)


class _Outage:
    """Since when the database is away, as far as this process knows."""

    since: float | None = None

    def begin(self) -> None:
        if self.since is None:
            self.since = time.monotonic()
            logger.error("The database is away.")

    def end(self) -> None:
        if self.since is not None:
            self.since = None
            logger.warning("The database is back.")

    def is_long(self) -> bool:
        return self.since is not None and time.monotonic() - self.since > RETURNS_WITHIN_SECONDS


outage = _Outage()


@contextmanager
def of_one_request() -> Iterator[None]:
    """Let what is asked inside wait for the database."""
    token = _until.set(time.monotonic() + WAIT_SECONDS)
    try:
        yield
    finally:
        _until.reset(token)


@contextmanager
def none() -> Iterator[None]:
    """Let what is asked inside fail at once."""
    token = _until.set(0.0)
    try:
        yield
    finally:
        _until.reset(token)


def is_left() -> bool:
    """Whether it is worth to try once more."""
    return time.monotonic() < _until.get() and not outage.is_long()


def wait() -> bool:
    """After a try in vain, wait a moment; return whether to try once more."""
    outage.begin()
    if not is_left():
        return False
    with turns.others_go_first():
        time.sleep(PAUSE_SECONDS)
    return True


def is_of_absence(error: BaseException | None) -> bool:
    """Whether an error of Django's database layer says that Postgres is not there, or has just gone."""
    code = getattr(getattr(error, "__cause__", None), "pgcode", None)
    return isinstance(error, OperationalError | InterfaceError) and code in AWAY
