"""The nudge: a courtesy that never raises and never makes anybody wait."""

import socket
import threading
import time
from collections.abc import Callable

import pytest
from celery import Celery

from notifications.nudge import TASK, Nudger

#: Seconds for which a broker that says nothing is waited for.
PATIENCE = 20


def broker(url: str, **options: float) -> Celery:
    """Celery with a broker of its own, that is tried once."""
    app = Celery("elsewhere", broker=url, set_as_current=False)
    app.conf.broker_transport_options = {"max_retries": 1, "interval_start": 0, "interval_step": 0, **options}
    return app


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Give a thread its time; ends as soon as the condition holds."""
    pause, ends = threading.Event(), time.monotonic() + seconds
    while time.monotonic() < ends:
        if holds():
            return True
        pause.wait(0.01)
    return False


def queued(app: Celery) -> list[str]:
    """The tasks in the broker, taken out."""
    with app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        return [queue.get_nowait().headers["task"] for _ in range(queue.qsize())]


def in_memory() -> Celery:
    """A broker in this process: all of its kind share one, so what others left is taken out."""
    app = broker("memory://")
    queued(app)
    return app


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the nudge has logged."""
    return [one.getMessage() for one in caplog.records if one.name == "notifications.nudge"]


@pytest.fixture
def closed_port() -> str:
    """The address of a broker that is not there."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{closed.getsockname()[1]}/0"


def test_a_nudge_puts_the_task_on_the_queue() -> None:
    app = in_memory()

    Nudger(app).publish()

    assert queued(app) == [TASK]


def test_nudges_are_published_by_a_thread() -> None:
    app = in_memory()

    Nudger(app).nudge()

    found: list[str] = []

    def has_come() -> bool:
        found.extend(queued(app))
        return bool(found)

    assert wait_until(has_come)
    assert found == [TASK]


def test_a_broker_that_is_away_is_let_be_for_a_while(
    closed_port: str, caplog: pytest.LogCaptureFixture
) -> None:
    nudger = Nudger(broker(closed_port), pause=60)

    nudger.nudge()

    assert wait_until(lambda: bool(said(caplog)))
    for _ in range(10):
        nudger.nudge()
    assert said(caplog) == ["No broker (OperationalError): mail waits for the sweep."]


def test_after_a_while_it_is_tried_again(closed_port: str) -> None:
    nudger = Nudger(broker(closed_port), pause=0)
    nudger.publish()
    nudger.app = in_memory()

    nudger.nudge()

    assert wait_until(lambda: TASK in queued(nudger.app))


def test_a_broker_that_never_answers_makes_nobody_wait() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        nudger = Nudger(broker(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", socket_timeout=PATIENCE))

        for _ in range(100):
            nudger.nudge()

        assert nudger.closed_until == 0, "The first nudge has waited until the broker was given up."
