"""How the outbox is delivered: once, from the truth of the moment, and again where it was not taken."""

import socket
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from notifications import delivery, outbox
from notifications.delivery import RETRY_AFTER
from notifications.models import Message
from notifications.outbox import Kind, Letter, Row
from tests import make
from tests.make import NOW
from tests.notifications.conftest import hello
from tests.notifications.smtp_server import HANG_UP, SmtpServer

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
State = Message.State


def deliver(at: datetime = NOW) -> int:
    """Deliver at one moment, with waits neither shortened nor lengthened."""
    return delivery.deliver_due(clock=lambda: at, chance=lambda: 0.5)


def put(key: str = "1", *, at: datetime = NOW, email: str = "ada@example.org", **fields: object) -> Message:
    outbox.put("hello", at=at, key=key, email=email, **fields)  # type: ignore[arg-type]
    return Message.objects.get(kind="hello", key=key, state=State.QUEUED)


def facts(message: Message) -> dict[str, object]:
    """What the outbox says of a message now."""
    message.refresh_from_db()
    return {
        "state": message.state,
        "attempts": message.attempts,
        "send_after": message.send_after,
        "lease_until": message.lease_until,
        "last_error": message.last_error,
    }


# ---- what goes well ---------------------------------------------------------------------------


def test_a_message_is_rendered_sent_and_recorded(kinds: dict[str, Kind], server: SmtpServer) -> None:
    message = put(about={"session": 3})

    assert deliver() == 1

    message.refresh_from_db()
    assert server.recipients == ["ada@example.org"]
    assert server.message_ids == [message.message_id]
    assert (message.state, message.subject, message.sent_at) == (State.SENT, "Hello 1", NOW)
    assert (message.attempts, message.lease_until, message.last_error) == (1, None, "")


def test_a_message_goes_to_the_address_the_member_has_when_it_is_sent(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    ada = make.member("Ada", email="old@example.org")
    outbox.put("hello", at=NOW, key="1", member=ada)
    ada.email = "new@example.org"
    ada.save()

    deliver()

    assert server.recipients == ["new@example.org"]


def test_everything_due_goes_over_one_connection(kinds: dict[str, Kind], server: SmtpServer) -> None:
    for key in "123":
        put(key)

    assert deliver() == 3

    assert (len(server.taken), server.connections) == (3, 1)


def test_nothing_due_opens_no_connection(kinds: dict[str, Kind], server: SmtpServer) -> None:
    put(delay=MINUTE)

    assert deliver() == 0

    assert server.connections == 0


def test_a_message_waits_for_its_time(kinds: dict[str, Kind], server: SmtpServer) -> None:
    put(delay=2 * MINUTE)

    assert deliver(NOW + 2 * MINUTE - timedelta(seconds=1)) == 0
    assert deliver(NOW + 2 * MINUTE) == 1


def test_single_messages_overtake_a_big_batch(kinds: dict[str, Kind], server: SmtpServer) -> None:
    outbox.put_many("hello", [Row(f"all:{n}", email=f"{n}@example.org") for n in range(3)], at=NOW)
    put(at=NOW + MINUTE)

    deliver(NOW + MINUTE)

    assert server.recipients == ["ada@example.org", "0@example.org", "1@example.org", "2@example.org"]


def test_a_run_ends_after_its_share_and_the_next_takes_the_rest(
    kinds: dict[str, Kind], server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "RUN", 2)
    for key in "123":
        put(key)

    assert (deliver(), deliver(), deliver()) == (2, 1, 0)


def test_what_is_told_is_recorded_with_the_sending(kinds: dict[str, Kind], server: SmtpServer) -> None:
    told: list[tuple[str, datetime, object]] = []
    kinds["hello"] = Kind(hello, on_sent=lambda message, at: told.append((message.key, at, message.about)))
    put(about={"session": 3})

    deliver(NOW + MINUTE)

    assert told == [("1", NOW + MINUTE, {"session": 3})]


def test_a_mistake_in_what_follows_does_not_send_it_twice(
    kinds: dict[str, Kind], server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    def forget(message: Message, at: datetime) -> None:
        raise ValueError("ada@example.org is unknown")

    kinds["hello"] = Kind(hello, on_sent=forget)
    message = put()

    assert (deliver(), deliver(NOW + timedelta(days=1))) == (1, 0)

    message.refresh_from_db()
    assert message.state == State.SENT
    assert message.last_error.startswith("Sent, but what follows failed: ValueError (test_delivery.py, line ")
    assert "ada@example.org" not in caplog.text


def test_a_secret_is_wiped_once_sent(kinds: dict[str, Kind], server: SmtpServer) -> None:
    message = put(secret={"code": "123456"})

    deliver()

    message.refresh_from_db()
    assert (message.secret, message.had_secret, message.state) == (None, True, State.SENT)


# ---- what is not sent -------------------------------------------------------------------------


def test_where_nothing_is_left_to_tell_nothing_is_sent(kinds: dict[str, Kind], server: SmtpServer) -> None:
    kinds["hello"] = Kind(lambda _: None)
    message = put(secret={"code": "123456"})

    assert deliver() == 0

    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.SUPERSEDED, "Nothing left to tell.")
    assert (message.secret, server.taken) == (None, [])


def test_a_message_that_comes_too_late_is_given_up(kinds: dict[str, Kind], server: SmtpServer) -> None:
    message = put(not_after=NOW + MINUTE, secret={"code": "123456"})

    assert deliver(NOW + MINUTE) == 0

    message.refresh_from_db()
    assert (message.state, message.secret, server.taken) == (State.FAILED, None, [])
    assert message.last_error == "Too late: it was of use until 02 November 2026, 10:01 UTC."


def test_an_unknown_kind_is_tried_again_because_a_newer_release_may_know_it(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    del kinds["hello"]
    message = put()

    deliver()

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.QUEUED, 1)
    assert message.last_error.startswith("KeyError (delivery.py, line ")


def test_a_mistake_in_one_letter_does_not_stop_the_others(
    kinds: dict[str, Kind], server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(message: Message) -> Letter:
        raise ValueError("code 123456 for ada@example.org")

    kinds["broken"] = Kind(broken)
    outbox.put("broken", at=NOW - MINUTE, key="1", email="ada@example.org")
    put(email="bo@example.org")

    assert deliver() == 1

    message = Message.objects.get(kind="broken")
    assert server.recipients == ["bo@example.org"]
    assert message.last_error.startswith("ValueError (test_delivery.py, line ")
    assert message.send_after == NOW + RETRY_AFTER[0]
    assert "123456" not in caplog.text + message.last_error
    assert "ada@example.org" not in caplog.text + message.last_error


def test_a_letter_that_is_no_email_is_tried_again(kinds: dict[str, Kind], server: SmtpServer) -> None:
    kinds["hello"] = Kind(lambda _: Letter(to="nobody", subject="Hello", text="Hello"))
    message = put()

    deliver()

    message.refresh_from_db()
    assert (message.state, server.taken) == (State.QUEUED, [])
    assert message.last_error.startswith("BadLetter (mime.py, line ")


# ---- a mail server that refuses ---------------------------------------------------------------


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
    assert f"Message {message.pk} (hello) given up." in caplog.text


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


# ---- workers that end, and twins --------------------------------------------------------------


def test_what_a_killed_worker_left_goes_out_with_the_same_message_id(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    message = put()
    delivery.claim(at=NOW)

    assert deliver(NOW + delivery.LEASE - timedelta(seconds=1)) == 0
    assert deliver(NOW + delivery.LEASE) == 1

    assert server.message_ids == [message.message_id]
    assert facts(message)["attempts"] == 2


def test_a_message_that_kills_every_worker_is_given_up(kinds: dict[str, Kind], server: SmtpServer) -> None:
    message, at = put(), NOW

    while delivery.claim(at=at):
        at += delivery.LEASE
        delivery.recover(at=at)

    assert facts(message)["last_error"] == "Its worker ended each time."
    assert (facts(message)["state"], facts(message)["attempts"]) == (State.FAILED, 12)


def debounced(at: datetime = NOW) -> Message:
    outbox.put("hello", at=at, key="1", email="ada@example.org", delay=MINUTE, at_most=10 * MINUTE)
    return Message.objects.get(state=State.QUEUED)


def test_a_change_while_it_is_being_sent_is_told_by_a_message_of_its_own(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    first = debounced()
    delivery.claim(at=NOW + MINUTE)

    second = debounced(NOW + MINUTE)

    assert second.pk != first.pk
    assert facts(first)["state"] == State.SENDING


def test_what_a_killed_worker_left_is_superseded_by_its_newer_twin(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    first = debounced()
    delivery.claim(at=NOW + MINUTE)
    second = debounced(NOW + MINUTE)

    delivery.recover(at=NOW + MINUTE + delivery.LEASE)

    assert (facts(first)["state"], facts(first)["last_error"]) == (
        State.SUPERSEDED,
        "A newer message tells it.",
    )
    assert facts(second)["state"] == State.QUEUED


def test_a_failed_attempt_is_superseded_by_its_newer_twin(kinds: dict[str, Kind], server: SmtpServer) -> None:
    first = debounced()
    server.says = {"RCPT": "452 mailbox full"}

    def changes_meanwhile(message: Message) -> Letter:
        if message.pk == first.pk:
            debounced(NOW + MINUTE)
        return hello(message)

    kinds["hello"] = Kind(changes_meanwhile)
    deliver(NOW + MINUTE)

    assert facts(first)["state"] == State.SUPERSEDED


def test_what_was_given_up_is_superseded_once_a_newer_twin_waits(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    first = debounced()
    server.says = {"RCPT": "550 no"}
    deliver(NOW + MINUTE)
    assert facts(first)["state"] == State.FAILED

    debounced(NOW + 2 * MINUTE)
    delivery.recover(at=NOW + 2 * MINUTE)

    assert facts(first)["state"] == State.SUPERSEDED


def test_a_worker_whose_lease_is_over_does_not_send(kinds: dict[str, Kind], server: SmtpServer) -> None:
    message = put()
    moments = iter([NOW, NOW, NOW, NOW + delivery.LEASE, NOW])

    delivery.deliver_due(clock=lambda: next(moments), chance=lambda: 0.5)

    assert server.taken == []
    assert facts(message)["state"] == State.SENDING


def test_a_late_failure_does_not_disturb_who_took_it_over(kinds: dict[str, Kind], server: SmtpServer) -> None:
    message = put()

    def slow(_: Message) -> Letter:
        delivery.recover(at=NOW + delivery.LEASE)
        delivery.claim(at=NOW + delivery.LEASE)
        raise ValueError

    kinds["hello"] = Kind(slow)
    deliver()

    assert (facts(message)["state"], facts(message)["attempts"]) == (State.SENDING, 2)
    assert facts(message)["lease_until"] == NOW + 2 * delivery.LEASE


def test_logs_name_ids_and_kinds_only(
    kinds: dict[str, Kind], server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    message = put(secret={"code": "123456"})

    with caplog.at_level("DEBUG", logger="notifications"):
        deliver()

    assert [record.getMessage() for record in caplog.records if record.name.startswith("notifications")] == [
        f"Message {message.pk} (hello) sent."
    ]
