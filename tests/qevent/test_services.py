"""The checkout's own servers: real ones, in folders of their own, killed and started again."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from qevent.localservices import envfile, paths, postgres
from qevent.localservices.envfile import values
from qevent.localservices.paths import CHECKOUT, Home, home, make_own
from qevent.localservices.postgres import Postgres
from qevent.localservices.processes import is_running
from qevent.localservices.services import Services
from qevent.localservices.trouble import Trouble
from qevent.localservices.valkey import Valkey
from tests.found import found

pytestmark = pytest.mark.slow

#: A process that starts the services, says so, and waits to be killed.
OWNER = """
import sys, time
from pathlib import Path
from qevent.localservices.paths import Home
from qevent.localservices.services import Services
place = Path(sys.argv[1])
Services(Home(place, place / "run"), is_safe=False, say=lambda line: None).start()
print("started", flush=True)
time.sleep(600)
"""


@pytest.fixture
def place() -> Iterator[Home]:
    folder = Path(tempfile.mkdtemp(prefix="qevent-services-", dir="/tmp"))
    folder.chmod(0o755)
    yield Home(folder, folder / "run")
    shutil.rmtree(folder)


def services(place: Home) -> Services:
    return Services(place, is_safe=False, say=lambda _: None)


def owner(place: Home) -> "subprocess.Popen[str]":
    """Another process that owns the services; returns once they are started."""
    argv = [sys.executable, "-c", OWNER, str(place.data)]
    process = subprocess.Popen(argv, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


def query(server: Postgres, statement: str) -> list[tuple[Any, ...]]:
    with closing(server.connect("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        connection.commit()
        return cursor.fetchall() if cursor.description else []


def eventually(question, seconds: float = 20) -> bool:
    give_up = time.monotonic() + seconds
    while not question() and time.monotonic() < give_up:
        time.sleep(0.05)
    return bool(question())


def test_a_killed_owner_leaves_nothing_running_and_the_next_start_finds_all_that_was_written(place):
    process = owner(place)
    server = Postgres(place.data / "postgres", place.sockets / "postgres")
    query(server, "CREATE TABLE kept (what text)")
    query(server, "INSERT INTO kept VALUES ('a booking')")
    pid = int((next(server.folder.glob("postgres-*")) / "postmaster.pid").read_text().split()[0])

    process.kill()
    process.communicate()
    again = services(place)
    again.start()
    found = query(server, "SELECT what FROM kept")
    again.stop()

    assert found == [("a booking",)]
    assert not is_running(pid)


def test_who_comes_later_joins_and_who_started_waits_for_the_others(place):
    first, second = services(place), services(place)
    first.start()
    second.start()
    said: list[str] = []
    first.say = said.append

    assert [hold.is_starter for hold in first.holds.values()] == [True, True]
    assert [hold.is_starter for hold in second.holds.values()] == [False, False]

    assert first.postgres is not None
    second.stop()
    assert first.postgres.answers()
    first.stop()
    assert said == []


def test_a_server_that_was_killed_is_started_again(place):
    ours = services(place)
    ours.start()
    for hold in ours.holds.values():
        assert isinstance(hold.server, Postgres | Valkey)
        process = found(hold.server.process)
        process.kill()
        process.wait()

    ours.restart_dead()

    assert [hold.server.answers() for hold in ours.holds.values()] == [True, True]
    ours.stop()


def test_a_lock_file_with_the_pid_of_somebody_else_does_not_stop_a_start(place):
    ours = services(place)
    ours.start()
    assert ours.postgres is not None
    data = next(ours.postgres.folder.glob("postgres-*"))
    kept = (data / "postmaster.pid").read_text()
    ours.stop()
    with subprocess.Popen(["/bin/sleep", "600"]) as stranger:
        lines = kept.split("\n")
        (data / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]))
        if os.geteuid() == 0:
            shutil.chown(data / "postmaster.pid", "nobody")

        again = services(place)
        again.start()
        again.stop()

        assert stranger.poll() is None
        stranger.kill()


def test_nobody_else_may_enter_the_folders_of_sockets_and_data(place):
    ours = services(place)
    ours.start()

    modes = {name: (place.sockets / name).stat().st_mode & 0o777 for name in ("postgres", "valkey")}
    data = next((place.data / "postgres").glob("postgres-*"))
    ours.stop()

    assert modes == {"postgres": 0o700, "valkey": 0o700}
    assert data.stat().st_mode & 0o077 == 0


def test_addresses_follow_from_the_path_alone(tmp_path):
    found = home(checkout=CHECKOUT)

    assert found == home(checkout=CHECKOUT)
    assert found.database_url == f"postgresql://postgres@/app?host={found.sockets}/postgres"
    assert found.redis_url == f"unix://{found.sockets}/valkey/socket?db=0"


def test_a_long_path_has_its_sockets_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "is_open_to_all", lambda _: True)
    deep = tmp_path / ("long" * 30)

    found = home(checkout=deep)

    assert len(str(found.sockets / "postgres" / paths.LONGEST_SOCKET)) <= paths.SOCKET_PATH_LIMIT
    assert str(found.sockets).startswith("/tmp/qevent-")  # noqa: S108 - what is tested


def test_data_lie_in_the_checkout_but_for_root_in_a_closed_folder():
    folder = Path(tempfile.mkdtemp())

    folder.chmod(0o700)
    closed = home(checkout=folder).data
    folder.chmod(0o755)
    opened = home(checkout=folder).data
    folder.rmdir()

    is_root = os.geteuid() == 0  # only root's servers run as somebody else
    assert closed.is_relative_to("/var/tmp" if is_root else folder)  # noqa: S108  # what is tested
    assert opened == folder / ".local" / "services"


def test_a_folder_that_somebody_else_put_there_is_refused():
    folder = Path(tempfile.mkdtemp(prefix="qevent-foreign-", dir="/tmp"))
    folder.chmod(0o777)

    with pytest.raises(Trouble, match="belongs to somebody else"):
        make_own(folder / "postgres")
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_without_any_postgres_there_is_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))

    with pytest.raises(Trouble, match="set DATABASE_URL to one that runs elsewhere"):
        postgres._binaries()


def test_the_env_file_keeps_the_secret_and_lines_of_ones_own(tmp_path):
    file = tmp_path / ".local" / "env"
    place = Home(tmp_path, tmp_path / "run")
    envfile.write(file, values({}, {}, place, debug=False))
    with file.open("a") as more:
        more.write("MEMBERSHIP_APPROVAL='open'\n")
    first = envfile.read_env_file(file)

    envfile.write(file, values({"PORT": "9000", "DEMO": "0"}, first, place, debug=True))

    second = envfile.read_env_file(file)
    assert first["SITE_URL"] == "http://localhost:8000"
    assert second == first | {"SITE_URL": "http://localhost:9000", "DEMO": "0", "DEBUG": "1"}
    assert len(second["SECRET_KEY"]) >= 50
    assert second["MEMBERSHIP_APPROVAL"] == "open"
    assert file.stat().st_mode & 0o777 == 0o600


def test_addresses_that_were_asked_for_are_used(tmp_path):
    asked = {"DATABASE_URL": "postgresql://db/app", "REDIS_URL": "redis://r/0", "EMAIL_URL": "smtp://mail:25"}

    found = values(asked, {}, Home(tmp_path, tmp_path), debug=False)

    assert {name: found[name] for name in asked} == asked


def test_the_demos_event_can_be_put_on_three_days_and_no_other(tmp_path):
    place = Home(tmp_path, tmp_path)
    found = [values({"DEMO_DAY": day}, {}, place, debug=False)["DEMO_DAY"] for day in ("before", "day", "")]

    assert found == ["before", "day", ""]
    assert values({}, {"DEMO_DAY": "after"}, place, debug=False)["DEMO_DAY"] == ""
    with pytest.raises(Trouble, match="DEMO_DAY must be before, day or after, not 'today'"):
        values({"DEMO_DAY": "today"}, {}, place, debug=False)


@pytest.mark.parametrize("port", ["0", "65536", "eight", "-1", "80 80"])
def test_a_port_that_is_none_is_refused(port, tmp_path):
    with pytest.raises(Trouble, match="PORT must be a number"):
        values({"PORT": port}, {}, Home(tmp_path, tmp_path), debug=False)


def test_binaries_in_a_closed_folder_are_copied_with_their_libraries(place, monkeypatch):
    monkeypatch.delenv("PG_BINDIR", raising=False)
    monkeypatch.setattr(postgres, "is_open_to_all", lambda _: False)

    copied = postgres._reachable(postgres._binaries(), place.data / "postgres")

    assert copied.is_relative_to(place.data)
    assert "(PostgreSQL)" in postgres._output([copied / "postgres", "--version"])
