"""Workers that end in the middle, and newer twins of what they left."""

from datetime import datetime, timedelta

import pytest

from notifications import delivery, outbox
from notifications.models import Message
from notifications.outbox import Kind, Letter
from tests.make import NOW
from tests.notifications.conftest import hello
from tests.notifications.sending import deliver, facts, put
from tests.notifications.smtp_server import SmtpServer

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
State = Message.State


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
    outbox.enqueue("hello", at=at, key="1", email="ada@example.org", delay=MINUTE, at_most=10 * MINUTE)
    return Message.objects.get(state=State.QUEUED)


def test_a_change_while_it_is_being_sent_is_told_by_a_message_of_its_own(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    first = debounced()
    delivery.claim(at=NOW + MINUTE)

    second = debounced(NOW + MINUTE)

    assert second.pk != first.pk
    assert facts(first)["state"] == State.SENDING


def test_a_message_waits_while_its_older_twin_is_in_a_workers_hands(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    debounced()
    delivery.claim(at=NOW + MINUTE)
    second = debounced(NOW + MINUTE)

    assert deliver(NOW + 2 * MINUTE) == 0
    assert deliver(NOW + MINUTE + delivery.LEASE) == 1

    assert server.message_ids == [second.message_id]


def test_what_is_no_twin_of_it_does_not_wait_for_what_is_in_a_workers_hands(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    kinds["goodbye"] = kinds["hello"]
    put("1")
    delivery.claim(at=NOW)
    put("2")
    outbox.enqueue("goodbye", at=NOW, key="1", email="ada@example.org")

    claimed = [delivery.claim(at=NOW) for _ in range(3)]

    assert [(one.kind, one.key) if one else None for one in claimed] == [
        ("hello", "2"),
        ("goodbye", "1"),
        None,
    ]


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


@pytest.mark.parametrize(("kind", "key"), [("hello", "2"), ("goodbye", "1")])
def test_what_was_given_up_stays_so_while_only_others_wait(
    kinds: dict[str, Kind], server: SmtpServer, kind: str, key: str
) -> None:
    kinds["goodbye"] = kinds["hello"]
    first = debounced()
    server.says = {"RCPT": "550 no"}
    deliver(NOW + MINUTE)

    outbox.enqueue(kind, at=NOW, key=key, email="ada@example.org")
    delivery.recover(at=NOW + 2 * MINUTE)

    assert facts(first)["state"] == State.FAILED


def test_a_worker_whose_lease_is_over_does_not_send(kinds: dict[str, Kind], server: SmtpServer) -> None:
    message = put()
    moments = iter([NOW, NOW, NOW, NOW + delivery.LEASE, NOW])

    sent = delivery.deliver_due(clock=lambda: next(moments), chance=lambda: 0.5)

    assert (sent, server.taken) == (0, [])
    assert facts(message)["state"] == State.SENDING


@pytest.mark.parametrize("answer", ["450 later", "550 no"])
def test_what_becomes_of_one_message_leaves_one_in_other_hands_alone(
    kinds: dict[str, Kind], server: SmtpServer, answer: str
) -> None:
    other = put("1")
    delivery.claim(at=NOW)
    put("2")
    server.says = {"RCPT": answer}

    deliver(NOW)

    assert facts(other)["state"] == State.SENDING


@pytest.mark.parametrize("is_broken", [True, False])
def test_a_late_failure_does_not_disturb_who_took_it_over(
    kinds: dict[str, Kind], server: SmtpServer, is_broken: bool
) -> None:
    message = put()

    def slow(_: Message) -> Letter | None:
        delivery.recover(at=NOW + delivery.LEASE)
        delivery.claim(at=NOW + delivery.LEASE)
        if is_broken:
            raise ValueError
        return None

    kinds["hello"] = Kind(slow)
    deliver()

    assert (facts(message)["state"], facts(message)["attempts"]) == (State.SENDING, 2)
    assert facts(message)["lease_until"] == NOW + 2 * delivery.LEASE


def test_what_somebody_else_has_recorded_as_sent_is_recorded_once(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    message = put()
    followed: list[datetime] = []

    def slow(row: Message) -> Letter:
        Message.objects.filter(pk=row.pk).update(state=State.SENT, lease_until=None, sent_at=NOW - MINUTE)
        return Letter(to="ada@example.org", subject="Hello", text="Hello", on_sent=followed.append)

    kinds["hello"] = Kind(slow)
    deliver()

    message.refresh_from_db()
    assert (message.sent_at, followed) == (NOW - MINUTE, [])
