"""A mail server that refuses a letter, for good or for a while: what is tried again, when, and until when."""

import socket
from datetime import timedelta

import pytest
from pytest_django import Settings

from notifications import delivery
from notifications.delivery import RETRY_AFTER
from notifications.models import Message
from notifications.outbox import Kind
from tests.make import NOW
from tests.markup import flat
from tests.notifications.sending import deliver, facts, put
from tests.notifications.smtp_server import HANG_UP, SmtpServer

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
State = Message.State


def test_an_address_that_does_not_exist_fails_at_once(
    kinds: dict[str, Kind], server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.says = {"RCPT TO:<ada@": "550 5.1.1 <ada@example.org>: no such user"}
    message = put()
    put("2", email="bo@example.org")

    assert deliver() == 1

    assert server.recipients == ["bo@example.org"]
    assert facts(message) == {
        "state": State.FAILED,
        "attempts": 1,
        "send_after": NOW,
        "lease_until": None,
        "last_error": "550 5.1.1 <(address)>: no such user",
    }
    assert "ada@example.org" not in caplog.text


def test_content_that_is_refused_for_good_fails_at_once(kinds: dict[str, Kind], server: SmtpServer) -> None:
    server.says = {"CONTENT": "554 spam"}
    message = put()

    deliver()

    assert facts(message)["state"] == State.FAILED


def test_a_full_mailbox_is_tried_again_and_the_others_go_on(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    server.says = {"RCPT TO:<ada@": "452 mailbox full"}
    message = put()
    put("2", email="bo@example.org")

    assert deliver() == 1

    assert (server.recipients, server.connections) == (["bo@example.org"], 1)
    assert facts(message) == {
        "state": State.QUEUED,
        "attempts": 1,
        "send_after": NOW + RETRY_AFTER[0],
        "lease_until": None,
        "last_error": "452 mailbox full",
    }


@pytest.mark.parametrize(
    ("verb", "reply"),
    [
        ("MAIL", "550 not your sender"),
        ("MAIL", "451 try later"),
        ("RCPT", "421 going away"),
        ("DATA", "421 going away"),
        ("RCPT", "530 log in first"),
        ("MAIL", HANG_UP),
        ("CONTENT", HANG_UP),
    ],
)
def test_trouble_with_the_server_costs_only_the_message_in_hand_an_attempt(
    kinds: dict[str, Kind], server: SmtpServer, verb: str, reply: str
) -> None:
    server.says = {verb: reply}
    first, *others = [put(key) for key in "123"]

    assert deliver() == 0

    assert facts(first)["attempts"] == 1
    assert facts(first)["send_after"] == NOW + RETRY_AFTER[0]
    untouched = {
        "state": State.QUEUED,
        "attempts": 0,
        "send_after": NOW,
        "lease_until": None,
        "last_error": "",
    }
    assert [facts(other) for other in others] == [untouched, untouched]


@pytest.mark.parametrize("greeting", ["554 go away", "421 too busy", HANG_UP])
def test_a_server_that_cannot_be_reached_costs_nobody_an_attempt(
    kinds: dict[str, Kind], server: SmtpServer, greeting: str
) -> None:
    server.says = {"CONNECT": greeting}
    first, second = put("1"), put("2")

    assert deliver() == 0

    assert (facts(first)["attempts"], facts(first)["state"]) == (0, State.QUEUED)
    assert facts(first)["send_after"] == NOW + timedelta(seconds=30)
    assert str(facts(first)["last_error"]).startswith("The mail server cannot be reached: ")
    assert (facts(second)["attempts"], facts(second)["send_after"]) == (0, NOW)


def test_a_port_where_nobody_listens_costs_nobody_an_attempt(
    kinds: dict[str, Kind], settings: Settings, server: SmtpServer
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
    message = put()

    assert deliver() == 0

    assert facts(message)["last_error"] == "The mail server cannot be reached: ConnectionRefusedError"
    assert facts(message)["attempts"] == 0


@pytest.mark.slow
def test_a_server_that_refuses_for_a_while_takes_it_once_in_the_end(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    message = put()
    server.says = {"CONTENT": "451 try later"}
    for minute in range(4):
        deliver(NOW + minute * MINUTE)
    server.says = {}

    for minute in range(4, 30):
        deliver(NOW + minute * MINUTE)

    assert server.message_ids == [message.message_id]
    assert facts(message)["state"] == State.SENT


@pytest.mark.slow
def test_it_is_tried_for_a_day_and_then_given_up_visibly(
    kinds: dict[str, Kind], server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.says = {"RCPT": "452 mailbox full"}
    message = put(secret={"code": "123456"})
    tries, at = [], NOW

    while message.state == State.QUEUED:
        tries.append(at)
        deliver(at)
        message.refresh_from_db()
        at = message.send_after

    assert tries[-1] - tries[0] == sum(RETRY_AFTER, timedelta(0))
    assert timedelta(hours=23) < tries[-1] - tries[0] < timedelta(hours=25)
    assert len(tries) == message.attempts == 12
    assert (message.state, message.last_error, message.secret) == (State.FAILED, "452 mailbox full", None)
    assert f"Message {message.pk} (hello) given up." in flat(caplog.text)


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 22.5), (0.5, 30), (1.0, 37.5)])
def test_waits_differ_by_a_quarter_so_that_they_do_not_come_at_once(
    kinds: dict[str, Kind], server: SmtpServer, chance: float, seconds: float
) -> None:
    server.says = {"RCPT": "452 mailbox full"}
    message = put()

    delivery.deliver_due(clock=lambda: NOW, chance=lambda: chance)

    assert facts(message)["send_after"] == NOW + timedelta(seconds=seconds)


def test_it_is_not_tried_again_when_that_would_be_too_late(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    server.says = {"RCPT": "452 mailbox full"}
    message = put(not_after=NOW + timedelta(seconds=30), secret={"code": "123456"})

    deliver()

    message.refresh_from_db()
    assert (message.state, message.secret) == (State.FAILED, None)
    assert message.last_error == "Too late: it was of use until 02 November 2026, 10:00 UTC. 452 mailbox full"
