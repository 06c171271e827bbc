"""Two hash at once on a machine, and one more of a process waits; who comes then presses again."""

import fcntl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import IO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import expect
from pytest_django import Settings

from members.accounts import hashing
from members.accounts.hashers import Argon2idHasher
from members.models import Attempts, Member
from qevent import settings as shipped
from tests import make
from tests.markup import flat
from tests.members.accounts.signing_up import PASSWORD, ada, code_for, is_logged_in, log_in

HOLDER = """
import fcntl, sys, time
files = [open(path) for path in sys.argv[1:]]
for file in files:
    fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


@contextmanager
def held_by_others(settings: Settings, count: int) -> Iterator[None]:
    """So many turns are somebody else's."""
    with ExitStack() as stack:
        for path in settings.HASHING_TURNS[:count]:
            fcntl.flock(stack.enter_context(path.open()), fcntl.LOCK_EX)
        yield


@contextmanager
def held_by_threads(count: int) -> Iterator[None]:
    """So many threads of this process hash or wait."""
    begun, leave = threading.Barrier(count + 1), threading.Event()

    def hold() -> None:
        with hashing.turn():
            begun.wait(30)
            leave.wait(30)

    threads = [threading.Thread(target=hold) for _ in range(count)]
    for thread in threads:
        thread.start()
    begun.wait(30)
    yield
    leave.set()
    for thread in threads:
        thread.join()


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Nobody waits for a turn."""
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0)


def test_two_hash_at_once(settings, impatient):
    with held_by_others(settings, 1), hashing.turn():
        assert not hashing.is_free()
    with held_by_others(settings, 2), pytest.raises(hashing.Busy), hashing.turn():
        pass


def test_the_turn_of_who_was_killed_is_free(settings, impatient):
    argv = [sys.executable, "-c", HOLDER, *map(str, settings.HASHING_TURNS)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as holder:  # noqa: S603  # ours
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(hashing.Busy), hashing.turn():
            pass
        holder.kill()
        holder.wait()

        with hashing.turn():
            pass


def test_of_one_process_two_hash_or_wait_at_once(settings, tmp_path):
    (third := tmp_path / "third").touch()
    settings.HASHING_TURNS = [*settings.HASHING_TURNS, third]

    with held_by_threads(2), pytest.raises(hashing.Busy), hashing.turn():
        pass
    with held_by_threads(1), hashing.turn():
        pass


def test_who_has_a_turn_hashes_as_often_as_it_takes(settings, impatient):
    with held_by_others(settings, 1), hashing.turn(), hashing.turn():
        assert not hashing.is_free()
    assert hashing.is_free()


def test_as_shipped_two_files_that_are_always_there_are_the_turns():
    assert len(shipped.HASHING_TURNS) == 2
    assert all(path.is_file() for path in shipped.HASHING_TURNS)


@pytest.mark.django_db
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("former", ["", "pbkdf2_sha256$1$salt$hash"])
def test_who_logs_in_when_too_many_do_is_told_and_it_counts_for_no_guess(client, settings, former):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    member = ada()
    if former:
        type(member).objects.update(password=former)
    with held_by_others(settings, 2):
        answer = log_in(client)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Many people are logging in" in answer.text
    assert "Nothing is wrong with it." in flat(answer.text)
    assert not Attempts.objects.filter(count__gt=0).exists()
    assert not is_logged_in(client)


class SomebodyIsQuick(Argon2idHasher):
    """The site's own; somebody else has the second turn as soon as it is free after a look at a password."""

    def verify(self, password: str, encoded: str) -> bool:
        """Look, and let them have it."""
        is_right = super().verify(password, encoded)
        with suppress(BlockingIOError):
            fcntl.flock(THEIRS[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
        return is_right


#: The file of the second turn, as somebody else has opened it.
THEIRS: list[IO[str]] = []


@pytest.mark.django_db
@pytest.mark.usefixtures("impatient")
def test_a_wrong_password_is_called_wrong_though_others_wait_for_the_turn(client, settings):
    quick = f"{__name__}.{SomebodyIsQuick.__name__}"
    settings.PASSWORD_HASHERS = [quick, *shipped.PASSWORD_HASHERS[1:]]
    ada()
    make.member("Bo")
    Member.objects.filter(name="Bo").update(password="pbkdf2_sha256$1$salt$hash")  # nobody's
    with held_by_others(settings, 1), settings.HASHING_TURNS[1].open() as theirs:
        THEIRS.append(theirs)
        answer = log_in(client, password="not hers")  # nobody's

    assert answer.status_code == 200
    assert max(Attempts.objects.values_list("count", flat=True)) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("impatient")
def test_once_there_is_a_turn_they_log_in(client, settings):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    ada()
    with held_by_others(settings, 2):
        log_in(client)

    log_in(client)

    assert is_logged_in(client)


@pytest.mark.django_db
def test_a_script_may_ask_for_a_turn_which_costs_no_query(client, settings, django_assert_num_queries):
    with django_assert_num_queries(0):
        free = client.get("/accounts/login/turn/")
        with held_by_others(settings, 2):
            busy = client.get("/accounts/login/turn/")

    assert (free.status_code, busy.status_code) == (200, 503)
    assert "no-store" in free.headers["Cache-Control"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_who_presses_when_too_many_log_in_waits_on_the_page_and_is_logged_in(
    browser_context, live_server, settings
):
    ada()
    page = browser_context().new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email address").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    with held_by_others(settings, 2):
        page.get_by_role("button", name="Log in", exact=True).click()
        expect(page.get_by_role("status").get_by_text("Many people are logging in.")).to_be_visible()

    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    browser_context.expect_refusals(503)


@pytest.mark.django_db
def test_a_new_password_after_a_code_is_hashed_before_its_account_is_locked(client, settings):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    member = ada()
    client.post("/accounts/password/reset/", {"email": member.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_for(member.email)})
    sent = {"password1": "four new green bottles"}

    with held_by_threads(2), CaptureQueriesContext(connection) as asked:
        busy = client.post("/accounts/password/reset/complete/", sent)
    with CaptureQueriesContext(connection) as asked_then:
        done = client.post("/accounts/password/reset/complete/", sent)

    assert (busy.status_code, done.status_code) == (503, 302)
    assert not [one for one in asked.captured_queries if "FOR NO KEY UPDATE" in one["sql"]]
    assert [one for one in asked_then.captured_queries if "FOR NO KEY UPDATE" in one["sql"]]
    member.refresh_from_db()
    assert member.check_password(sent["password1"])


@pytest.mark.django_db
def test_a_new_password_that_no_account_may_have_is_not_hashed(client, settings):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    member = ada()
    client.post("/accounts/password/reset/", {"email": member.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_for(member.email)})

    with held_by_threads(2):
        refused = client.post("/accounts/password/reset/complete/", {"password1": "short"})

    assert refused.status_code == 200
