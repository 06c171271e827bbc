"""Acts that begin at the same moment, each on a database connection of its own."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any
from urllib.parse import urlencode

import psycopg2
from django.conf import settings
from django.db import connection

from comments.refusals import CommentRefused
from events.cancellation import EventNotCancelled
from events.places import CapacityBelowTaken
from events.registration import RegistrationRefused
from hosting.access import HostingRefused
from live.new_link import NewLinkRefused
from members.membership import MembershipRefused
from recordings.refusals import RecordingRefused
from tests.found import found
from workshops.places.refusals import BookingRefused
from workshops.programme.changes import ProgrammeRefused

REFUSALS = (
    BookingRefused,
    CapacityBelowTaken,
    RegistrationRefused,
    MembershipRefused,
    ProgrammeRefused,
    EventNotCancelled,
    CommentRefused,
    HostingRefused,
    NewLinkRefused,
    RecordingRefused,
)
#: What a test waits for at most; a race that takes longer hangs.
PATIENCE = 30


def together(*acts: Callable[[], Any], threads: int | None = None) -> list[Any]:
    """Run the acts at once, in at most ``threads`` threads; return results, a refusal being one.

    Anything else that is raised (a deadlock, say) is raised here: it would have reached a member.
    """
    results: list[Any] = [None] * len(acts)
    errors: list[BaseException] = []
    todo = iter(list(enumerate(acts)))
    turn = threading.Lock()
    number = min(threads or len(acts), len(acts))
    barrier = threading.Barrier(number)

    def work() -> None:
        connection.ensure_connection()
        try:
            barrier.wait(PATIENCE)
            while True:
                with turn:
                    begun = next(todo, None)
                if begun is None:
                    return
                index, act = begun
                try:
                    results[index] = act()
                except REFUSALS as refusal:
                    results[index] = refusal
        except BaseException as error:  # whatever it is: shown by the test, in its own thread
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(number)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE * 2)
    assert not any(worker.is_alive() for worker in workers), "a thread hangs"
    if errors:
        raise errors[0]
    return results


class Act:
    """One act in a thread of its own, begun at once: ``wait`` returns its result or refusal."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self._results: list[Any] = []
        self._errors: list[BaseException] = []

        def work() -> None:
            try:
                self._results += together(act)
            except BaseException as error:  # handed to the test by wait()
                self._errors.append(error)

        self._thread = threading.Thread(target=work)
        self._thread.start()

    def wait(self) -> Any:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the act hangs"
        if self._errors:
            raise self._errors[0]
        return self._results[0]


def until_blocked(number: int = 1) -> None:
    """Return as soon as ``number`` connections to this database wait for somebody's lock."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] >= number:
                return
        time.sleep(0.005)
    raise AssertionError(f"fewer than {number} connections wait for a lock")


@contextmanager
def holding(statement: str, *parameters: Any) -> Iterator[None]:
    """Hold whatever locks ``statement`` takes, on a connection of its own; commit at the end."""
    parts = connection.get_connection_params()
    names = {"dbname", "user", "password", "host", "port"}
    other = psycopg2.connect(**{name: value for name, value in parts.items() if name in names})
    try:
        with other.cursor() as cursor:
            cursor.execute(statement, parameters)
        yield
        other.commit()
    finally:
        other.close()


def holding_workshop(session_id: int) -> AbstractContextManager[None]:
    """Hold the places of a session, as somebody does who is booking them."""
    return holding("SELECT 1 FROM workshops_workshop WHERE session_id = %s FOR NO KEY UPDATE", session_id)


def holding_registration(pk: int) -> AbstractContextManager[None]:
    """Hold a registration, as their own other window does."""
    return holding("SELECT 1 FROM events_registration WHERE id = %s FOR NO KEY UPDATE", pk)


class Process:
    """A Python process of its own on the test's database: ``tests/races/process.py`` says what it can do."""

    def __init__(self, act: str, argument: Any) -> None:
        parts = connection.settings_dict
        query = urlencode({"host": parts["HOST"], "port": parts["PORT"] or "5432"})
        url = f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{parts['NAME']}?{query}"
        self._process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", "tests.races.process", act, json.dumps(argument)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": url},
        )

    def __enter__(self) -> "Process":
        assert self.result() == "ready"
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.communicate(timeout=PATIENCE)

    def go(self) -> None:
        """Let it begin."""
        stdin = found(self._process.stdin)
        stdin.write("go\n")
        stdin.flush()

    def result(self) -> Any:
        """Wait for what it says next."""
        line = found(self._process.stdout).readline()
        assert line, "the process ended without a word"
        return json.loads(line)

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        self._process.kill()
        self._process.wait(PATIENCE)


def processes_together(*acts: tuple[str, Any]) -> list[Any]:
    """Run each act in a process of its own, all begun at once; return their results."""
    with ExitStack() as stack:
        processes = [stack.enter_context(Process(act, argument)) for act, argument in acts]
        for process in processes:
            process.go()
        return [process.result() for process in processes]
