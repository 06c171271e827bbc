"""Short transactions that are tried again when Postgres asks for it.

Deadlocks, lock timeouts and serialisation failures are no answer to a member: whoever meets one
is rolled back as a whole and tried again, a bounded number of times, here and nowhere else.
"""

import functools
import random
import time
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import DatabaseError, IntegrityError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

#: serialization_failure, deadlock_detected, lock_not_available (PostgreSQL, appendix A).
PASSING = {"40001", "40P01", "55P03"}
TRIES = 6

_undone: list[Callable[[transaction.Atomic], bool]] = []


def sqlstate(error: BaseException) -> str:
    """Return the five characters by which Postgres names an error, or nothing."""
    cause: Any = error.__cause__
    return getattr(cause, "pgcode", None) or ""


def violates(error: IntegrityError, constraint: str) -> bool:
    """Whether it was the named constraint that refused."""
    cause: Any = error.__cause__
    return getattr(getattr(cause, "diag", None), "constraint_name", None) == constraint


def retried(function: Callable[P, R]) -> Callable[P, R]:
    """Run ``function`` in a transaction of its own, again where Postgres gave way to another one.

    Inside a transaction that is already open it joins that one and is not repeated: only the
    outermost can be.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        tries = 1 if connection.in_atomic_block else TRIES
        for attempt in range(1, tries + 1):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except DatabaseError as error:
                if sqlstate(error) not in PASSING or attempt == tries:
                    raise
                time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311  # jitter, no secret
        raise AssertionError("unreachable")

    return run


def register_undone(is_undone: Callable[[transaction.Atomic], bool]) -> None:
    """Say of which transactions it is known that nobody commits them; what follows waits for none of them."""
    if is_undone not in _undone:
        _undone.append(is_undone)


def after_commit(act: Callable[[], object]) -> None:
    """Run ``act`` now, or once the transaction that is open around the caller is committed.

    What follows from an act (serving a line) takes locks of other people and must begin with none;
    Django's admin, for one, keeps a transaction open around everything it saves.
    """
    if any(not any(is_undone(block) for is_undone in _undone) for block in connection.atomic_blocks):
        transaction.on_commit(act, robust=True)
    else:
        act()
