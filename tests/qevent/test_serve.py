"""The supervisor with the real site above it: started, hurt, stopped."""

import json
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
from celery.beat import Scheduler
from django.db import connection
from redis import Redis

from qevent import beat
from qevent.localservices import processes
from qevent.localservices.paths import CHECKOUT, Home
from qevent.localservices.serve import take_port
from qevent.localservices.services import Services
from qevent.localservices.supervisor import Child, Supervisor
from qevent.localservices.trouble import Trouble
from qevent.management.commands.prepare import first_admin
from tests import make
from tests.found import found

#: The processes of the site, and a word of how each is started.
STARTED = {
    "web": "qevent.webserver",
    "worker": "worker",
    "bulk mail": "send_bulk_mail",
    "beat": "qevent.beat",
}


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


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Site:
    """What ``make run`` runs."""

    def __init__(self, port: int, output: Path) -> None:
        self.port = port
        self.output = output
        argv = [sys.executable, "-m", "qevent.localservices.serve"]
        with output.open("wb") as sink:
            self.process = subprocess.Popen(  # noqa: S603 - ours
                argv, cwd=CHECKOUT, env=environment(port), stdout=sink, stderr=sink
            )

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
        words = {pid: processes.command_line(pid) for pid in children_of(self.process.pid)}
        return {name: pid for pid, line in words.items() for name, word in STARTED.items() if word in line}

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=60) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def site(tmp_path: Path):
    running = Site(free_port(), tmp_path / "said")
    try:
        running.expect("Stop with Ctrl-C")
        assert eventually(lambda: set(running.children()) == set(STARTED))
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
        os.kill(before["web"], signal.SIGKILL)
        os.kill(before["worker"], signal.SIGKILL)
        running.expect("The web process stopped (killed by SIGKILL); it is started again now.")
        running.expect("The worker process stopped (killed by SIGKILL); it is started again now.")
        assert eventually(running.answers)
        after = running.children()

    assert set(before) == set(after) == set(STARTED)
    assert running.process.returncode == 0
    assert "\nStopping.\n" in running.said()
    assert running.said().endswith("\nStopped.\n")
    assert not any(processes.is_running(pid) for pid in after.values())


@pytest.mark.django_db
def test_an_empty_installation_is_told_how_to_get_its_first_admin_until_it_has_one():
    before = first_admin()
    make.member("Alex", is_superuser=True)

    assert "manage.py createsuperuser" in before
    assert first_admin() == ""


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
            take_port(port)


def test_nobody_else_can_share_the_port():
    with take_port(free_port()) as ours, socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)

        with pytest.raises(OSError, match="Address already in use"):
            other.bind(ours.getsockname())


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_who_connects_while_no_web_server_runs_waits_and_is_answered(tmp_path):
    with site(tmp_path) as running:
        master = running.children()["web"]
        workers = children_of(master)

        os.kill(master, signal.SIGKILL)
        are_gone = eventually(lambda: not any(processes.is_running(pid) for pid in workers))

        assert are_gone
        assert running.answers()


@pytest.mark.slow
def test_neither_the_supervisor_nor_beat_loads_django():
    code = "import sys, {}; print(sorted({{'django.apps', 'django.db', 'django.conf'}} & set(sys.modules)))"
    modules = ("qevent.localservices.serve", "qevent.beat; qevent.beat.app.conf.beat_schedule")

    loaded = [
        subprocess.check_output([sys.executable, "-c", code.format(module)], cwd=CHECKOUT, text=True)  # noqa: S603
        for module in modules
    ]

    assert loaded == ["[]\n", "[]\n"]


def test_what_beat_sends_is_in_the_queue_of_the_site(settings):
    scheduler = Scheduler(app=beat.app)

    scheduler.apply_entry(scheduler.schedule["deliver-due-messages"])

    [sent] = Redis.from_url(settings.REDIS_URL).lrange("celery", 0, -1)
    assert json.loads(sent)["headers"]["task"] == "notifications.tasks.deliver_due"


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
    supervisor = Supervisor(none, [], said.append, watched=tmp_path)
    supervisor.begin([Child("web", ["/bin/sleep", "600"])])
    first = supervisor.children[0].process

    supervisor.look()
    assert supervisor.children[0].process is first
    os.utime(source, (time.time() + 5, time.time() + 5))
    supervisor.look()

    assert supervisor.children[0].process is not first
    assert said == ["The code has changed: starting again."]
    supervisor.stop()
