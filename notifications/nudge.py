"""Tells Celery that something is due, so that mail goes out at once and not with the next sweep.

It is a courtesy: the sweep sends what is due anyhow. So it never raises and never makes a request
wait: a thread of its own publishes, several nudges become one, and after a failure nothing is
published for half a minute.
"""

import logging
import os
import threading
import time

from celery import Celery, current_app

TASK = "notifications.tasks.deliver_due"
#: Seconds without publishing after the broker could not be reached.
PAUSE = 30.0
#: Seconds after which a nudge that no worker took is dropped: the sweep has done its work by then.
EXPIRES = 30

logger = logging.getLogger(__name__)


class Nudger:
    """Publishes from a thread that is started with the first nudge in each process."""

    def __init__(self, app: Celery = current_app, pause: float = PAUSE) -> None:
        self.app, self.pause = app, pause
        self.closed_until = 0.0
        self._wanted = threading.Event()
        self._lock = threading.Lock()
        self._is_running = False

    def nudge(self) -> None:
        """Ask for a delivery now; returns at once, whatever the broker does."""
        if time.monotonic() < self.closed_until:
            return
        self._wanted.set()
        with self._lock:
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="nudge", daemon=True).start()

    def publish(self) -> None:
        """Put one task on the queue; a failure is logged, and closes the way for a while."""
        try:
            self.app.send_task(TASK, expires=EXPIRES, ignore_result=True, retry=False)
        except Exception as error:  # whatever it is, the sweep sends
            logger.warning("No broker (%s): mail waits for the sweep.", type(error).__name__)
            self.closed_until = time.monotonic() + self.pause

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            self.publish()


_nudger = Nudger()


def nudge() -> None:
    """Ask the workers of this site to deliver what is due."""
    _nudger.nudge()


def _after_fork() -> None:
    # Threads do not survive a fork, and a lock held at that moment would stay locked.
    global _nudger
    _nudger = Nudger()


os.register_at_fork(after_in_child=_after_fork)
