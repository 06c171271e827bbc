"""Postgres goes and returns: who asks waits a moment, and who cannot be answered is told what is so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg2
import pytest
from django.db import OperationalError, connection
from django.test import Client
from playwright.sync_api import expect

from qevent import patience, views
from tests.markup import flat

pytestmark = pytest.mark.django_db(transaction=True)

TYPED = {"login": "ada@example.org", "password": "a guess that is wrong"}


@dataclass
class Postgres:
    """Refuses so many connections as it is told to; the clock goes on only where somebody waits."""

    connect: Callable[..., Any] = psycopg2.connect
    refuses: int = 0
    asked: int = 0
    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self.asked += 1
        if self.asked <= self.refuses:
            raise psycopg2.OperationalError("connection refused")
        return self.connect(*arguments, **named)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def postgres(monkeypatch) -> Postgres:
    """The server, to which there is no connection yet."""
    one = Postgres()
    connection.close()
    monkeypatch.setattr(psycopg2, "connect", one)
    monkeypatch.setattr(patience, "time", one)
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0.5)
    monkeypatch.setattr(patience, "outage", patience._Outage())
    return one


@pytest.fixture
def visitor() -> Iterator[Client]:
    yield Client(raise_request_exception=False)
    connection.close()  # it may have been cut, or slowed


def test_a_page_waits_for_a_database_that_returns(postgres, visitor):
    postgres.refuses = 3

    answer = visitor.get("/contact/")

    assert answer.status_code == 200
    assert postgres.slept == [0.5, 0.5, 0.5]


def test_what_is_sent_waits_too_since_nothing_has_been_done_yet(postgres, visitor):
    postgres.refuses = 3

    answer = visitor.post("/accounts/login/", TYPED)

    assert answer.status_code == 200
    assert "is not right" in answer.text


def test_after_two_seconds_a_page_says_what_is_so_and_comes_again_by_itself(postgres, visitor):
    postgres.refuses = 1000

    answer = visitor.get("/contact/")

    assert answer.status_code == 503
    assert postgres.slept == [0.5, 0.5, 0.5, 0.5]
    assert {name: answer.headers[name] for name in ("Retry-After", "Refresh", "Cache-Control")} == {
        "Retry-After": "5",
        "Refresh": "5",
        "Cache-Control": "no-store",
    }
    assert "The site cannot reach its database just now." in flat(answer.text)
    assert "This page tries again by itself" in flat(answer.text)
    assert "our fault" not in answer.text


def test_what_was_sent_is_not_asked_for_again_by_itself(postgres, visitor):
    postgres.refuses = 1000

    answer = visitor.post("/accounts/login/", TYPED)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Refresh" not in answer.headers
    assert "Go back in your browser: what you typed is still there." in flat(answer.text)
    assert TYPED["password"] not in answer.text


def test_what_has_been_away_for_long_is_not_waited_for(postgres, visitor):
    postgres.refuses = 1000
    visitor.get("/contact/")
    postgres.now += patience.RETURNS_WITHIN_SECONDS
    postgres.slept.clear()

    answer = visitor.get("/contact/")

    assert answer.status_code == 503
    assert postgres.slept == []


def test_who_watches_the_site_is_told_at_once(postgres, visitor):
    postgres.refuses = 1000

    answer = visitor.get("/health/")

    assert (answer.status_code, answer.json()["database"]) == (503, False)
    assert postgres.slept == []


def test_a_command_does_not_wait(postgres):
    postgres.refuses = 1000

    with pytest.raises(OperationalError, match="connection refused"):
        connection.ensure_connection()

    assert postgres.slept == []


def test_an_outage_is_logged_when_it_begins_and_when_it_ends(postgres, visitor, caplog):
    postgres.refuses = 7

    for _ in range(2):
        visitor.get("/contact/")

    said = [line.getMessage() for line in caplog.records if line.name == "qevent.patience"]
    assert said == ["The database is away.", "The database is back."]


@dataclass
class Cut:
    """Has the server cut the connection at the first statement that it sees; ``after`` are those after it."""

    after: list[str] = field(default_factory=list)
    is_cut: bool = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.is_cut:
            self.after.append(sql)
        else:
            self.is_cut = True
            execute("SELECT pg_terminate_backend(pg_backend_pid())", None, False, context)
        return execute(sql, params, many, context)


def test_a_page_whose_connection_is_cut_halfway_is_begun_anew(visitor):
    with connection.execute_wrapper(cut := Cut()):
        answer = visitor.get("/contact/")

    assert answer.status_code == 200
    assert cut.is_cut
    assert cut.after


def test_what_was_sent_is_never_done_twice(visitor):
    with connection.execute_wrapper(cut := Cut()):
        answer = visitor.post("/accounts/login/", TYPED)

    assert answer.status_code == 503
    assert (cut.is_cut, cut.after) == (True, [])


def test_a_statement_that_takes_too_long_is_an_error_of_ours(visitor):
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 1")
        with pytest.raises(OperationalError) as raised:
            cursor.execute("SELECT pg_sleep(60)")

    assert not patience.is_of_absence(raised.value)


@pytest.mark.browser
def test_without_a_script_the_page_is_there_once_the_database_is(
    browser_context, live_server, postgres, monkeypatch
):
    monkeypatch.setattr(views, "AGAIN_SECONDS", "1")
    postgres.refuses = 1000
    page = browser_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/contact/")
    expect(page.get_by_role("heading", level=1)).to_have_text("We will be back in a moment")

    postgres.refuses = 0

    expect(page.get_by_role("heading", level=1)).to_contain_text("Contact")
    browser_context.expect_refusals(503)
