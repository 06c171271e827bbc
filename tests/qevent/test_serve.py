"""The supervisor with the real site above it: started, hurt, stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from qevent.localservices import processes
from qevent.localservices.paths import CHECKOUT, Home
from qevent.localservices.services import Services
from qevent.localservices.supervisor import Child, Supervisor
from qevent.localservices.trouble import Trouble
from qevent.management.commands.serve import _first_admin, refuse_used_port
from tests import make
from tests.found import found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(port: int) -> dict[str, str]:
    """The test's database and broker, without the demo."""
    database = connection.settings_dict
    host, name = database["HOST"], database["NAME"]
    ours = {
        "SITE_URL": f"http://localhost:{port}",
        "DATABASE_URL": f"postgresql://{database['USER']}:{database['PASSWORD']}@/{name}?host={host}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DEMO": "0",
    }
    return os.environ | ours


class Site:
    """A running ``manage.py serve``."""

    def __init__(self, port: int, output: Path, until: str = "Stop with Ctrl-C") -> None:
        self.port = port
        self.output = output
        argv = [sys.executable, "manage.py", "serve"]
        with output.open("wb") as sink:
            self.process = subprocess.Popen(  # noqa: S603 - ours
                argv, cwd=CHECKOUT, env=environment(port), stdout=sink, stderr=sink
            )
        self.expect(until)

    def said(self) -> str:
        return self.output.read_text()

    def expect(self, words: str, seconds: float = 120) -> None:
        give_up = time.monotonic() + seconds
        while words not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < give_up, self.said()
            time.sleep(0.05)

    def children(self) -> dict[str, int]:
        """Return the pids of web, workers and beat."""
        pids = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        words = {int(pid): " ".join(processes.command_line(int(pid))) for pid in pids}
        return {
            name: pid
            for pid, line in words.items()
            for name in ("granian", "worker", "send_bulk_mail", "beat")
            if f" {name} " in f"{line} "
        }

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def site(tmp_path: Path):
    running = Site(free_port(), tmp_path / "said")
    try:
        yield running
    finally:
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(timeout=30)


def eventually(question, seconds: float = 30) -> bool:
    give_up = time.monotonic() + seconds
    while not question() and time.monotonic() < give_up:
        time.sleep(0.05)
    return bool(question())


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_site_serves_survives_a_killed_child_and_stops_on_sigterm(tmp_path):
    with site(tmp_path) as running:
        assert eventually(running.answers)
        before = running.children()
        os.kill(before["granian"], signal.SIGKILL)
        os.kill(before["worker"], signal.SIGKILL)
        running.expect("The web process stopped (killed by SIGKILL); it is started again now.")
        running.expect("The worker process stopped (killed by SIGKILL); it is started again now.")
        assert eventually(running.answers)
        after = running.children()

    assert set(before) == set(after) == {"granian", "worker", "send_bulk_mail", "beat"}
    assert running.process.returncode == 0
    assert "\nStopping.\n" in running.said()
    assert running.said().endswith("\nStopped.\n")
    assert not any(processes.is_running(pid) for pid in after.values())


@pytest.mark.django_db
def test_an_empty_installation_is_told_how_to_get_its_first_admin_until_it_has_one():
    before = _first_admin()
    make.member("Alex", is_superuser=True)

    assert "manage.py createsuperuser" in before
    assert _first_admin() == ""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_killed_supervisor_takes_all_with_it(tmp_path):
    with site(tmp_path) as running:
        assert eventually(running.answers)
        pids = running.children().values()

        running.process.kill()

        assert eventually(lambda: not any(processes.is_running(pid) for pid in pids))
        assert eventually(lambda: not running.answers())


def test_a_port_in_use_is_said_with_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Trouble, match=f"Port {port} is in use: stop what uses it, or choose another"):
            refuse_used_port(port)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_port_that_another_takes_while_the_database_is_prepared_is_not_shared(tmp_path):
    starting = Site(free_port(), tmp_path / "said", until="Preparing the database.")

    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the web server does
        other.bind(("127.0.0.1", starting.port))
        other.listen()
        try:
            ended = starting.process.wait(timeout=120)
        finally:
            starting.process.terminate()

    assert ended == 1
    assert f"Port {starting.port} is in use" in starting.said()


def test_a_child_that_keeps_dying_is_started_ever_more_slowly(tmp_path):
    child = Child("web", ["/bin/false"])
    pauses = []
    for _ in range(8):
        child.start()
        found(child.process).wait()
        assert child.has_died()
        pauses.append(child.pause)

    assert pauses == [0, 1, 2, 4, 8, 16, 30, 30]


def test_a_child_that_lived_long_is_forgiven():
    child = Child("web", ["/bin/false"], deaths=7)
    child.start()
    found(child.process).wait()
    child.started_at -= 61

    assert child.has_died()
    assert child.pause == 0


def test_a_child_that_does_not_want_to_stop_is_killed_with_its_own_children(tmp_path, monkeypatch):
    monkeypatch.setattr("qevent.localservices.supervisor.STOP_SECONDS", 0.2)
    script = "trap '' TERM; sleep 600 & echo $! > inner; wait; sleep 600"
    stubborn = Child("worker", ["/bin/sh", "-c", f"cd {tmp_path}; {script}"])
    none = Services(Home(tmp_path, tmp_path), has_postgres=False, has_valkey=False)
    supervisor = Supervisor(none, [stubborn], print)
    supervisor.start()
    assert eventually(lambda: (tmp_path / "inner").exists() and (tmp_path / "inner").read_text().strip())
    inner = int((tmp_path / "inner").read_text())

    supervisor.stop()

    assert found(stubborn.process).poll() is not None
    assert eventually(lambda: not processes.is_running(inner))


def test_changed_code_starts_everything_again(tmp_path):
    (tmp_path / "app").mkdir()
    source = tmp_path / "app" / "views.py"
    source.write_text("")
    none = Services(Home(tmp_path, tmp_path), has_postgres=False, has_valkey=False)
    said: list[str] = []
    supervisor = Supervisor(none, [Child("web", ["/bin/sleep", "600"])], said.append, watched=tmp_path)
    supervisor.start()
    supervisor.seen = supervisor._newest()
    first = supervisor.children[0].process

    supervisor.look()
    assert supervisor.children[0].process is first
    os.utime(source, (time.time() + 5, time.time() + 5))
    supervisor.look()

    assert supervisor.children[0].process is not first
    assert said == ["The code has changed: starting again."]
    supervisor.stop()
