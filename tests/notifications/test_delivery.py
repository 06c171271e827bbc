"""How the outbox is delivered: once, and from the truth of the moment."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from notifications import delivery, outbox
from notifications.delivery import RETRY_AFTER
from notifications.models import Message
from notifications.outbox import Kind, Letter
from tests import make
from tests.make import NOW
from tests.notifications.conftest import hello
from tests.notifications.sending import deliver, deliver_bulk, put, put_to_many
from tests.notifications.smtp_server import SmtpServer

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
State = Message.State


def test_a_message_is_rendered_sent_and_recorded(kinds: dict[str, Kind], server: SmtpServer) -> None:
    message = put(payload={"session": 3})

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
    outbox.enqueue("hello", at=NOW, key="1", member=ada)
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


def test_what_is_due_first_goes_first_whenever_it_was_written(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    put("1", delay=2 * MINUTE, email="second@example.org")
    put("2", delay=MINUTE, email="first@example.org")

    deliver(NOW + 2 * MINUTE)

    assert server.recipients == ["first@example.org", "second@example.org"]


def test_what_somebody_waits_for_overtakes_five_hundred_to_many(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    put_to_many(kinds, 500)
    put(at=NOW + MINUTE / 2)

    assert deliver(NOW + MINUTE / 2) == 1

    assert server.recipients == ["ada@example.org"]


def test_what_goes_to_many_is_sent_on_a_way_of_its_own(kinds: dict[str, Kind], server: SmtpServer) -> None:
    put_to_many(kinds, 3)
    put()

    assert (deliver_bulk(), deliver_bulk()) == (3, 0)

    assert server.recipients == ["0@example.org", "1@example.org", "2@example.org"]


def test_what_goes_to_many_waits_for_its_time(kinds: dict[str, Kind], server: SmtpServer) -> None:
    put_to_many(kinds, 1)

    assert deliver_bulk(NOW - timedelta(seconds=1)) == 0
    assert deliver_bulk() == 1


def test_who_is_told_to_stop_ends_after_the_letter_in_hand(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    put_to_many(kinds, 3)

    sent = delivery.deliver_bulk(clock=lambda: NOW, is_stopped=lambda: len(server.taken) == 2)

    assert (sent, Message.objects.filter(state=State.QUEUED).count()) == (2, 1)


def test_where_nobody_sends_to_many_the_sweep_does_once_it_is_late(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    put_to_many(kinds, 3)
    put(at=NOW + MINUTE)

    assert deliver(NOW + MINUTE - timedelta(seconds=1)) == 0
    assert deliver(NOW + MINUTE) == 4

    assert server.recipients == ["ada@example.org", "0@example.org", "1@example.org", "2@example.org"]


def test_where_somebody_sends_to_many_the_sweep_leaves_them_the_rest(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    put_to_many(kinds, 3)
    delivery.claim(at=NOW + MINUTE, which=delivery.TO_MANY)

    assert deliver(NOW + MINUTE) == 0


def test_who_sends_to_many_sends_the_rest_too_once_it_is_late(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    put()
    put_to_many(kinds, 1)

    assert deliver_bulk(NOW + MINUTE - timedelta(seconds=1)) == 1
    assert deliver_bulk(NOW + MINUTE) == 1

    assert server.recipients == ["0@example.org", "ada@example.org"]


def test_what_a_killed_sender_to_many_held_goes_out_with_the_sweep(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    put_to_many(kinds, 3)
    delivery.claim(at=NOW, which=delivery.TO_MANY)

    assert deliver(NOW + delivery.LEASE + MINUTE) == 2
    assert deliver(NOW + delivery.LEASE + 2 * MINUTE) == 1


def test_a_run_ends_after_its_share_and_the_next_takes_the_rest(
    kinds: dict[str, Kind], server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "RUN", 2)
    for key in "123":
        put(key)

    assert (deliver(), deliver(), deliver()) == (2, 1, 0)


def test_what_is_told_is_recorded_with_the_sending(kinds: dict[str, Kind], server: SmtpServer) -> None:
    told: list[tuple[str, datetime, object]] = []

    def telling(message: Message) -> Letter:
        return replace(hello(message), on_sent=lambda at: told.append((message.key, at, message.payload)))

    kinds["hello"] = Kind(telling)
    put(payload={"session": 3})

    deliver(NOW + MINUTE)

    assert told == [("1", NOW + MINUTE, {"session": 3})]


def test_a_mistake_in_what_follows_does_not_send_it_twice(
    kinds: dict[str, Kind], server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    def forget(at: datetime) -> None:
        raise ValueError("ada@example.org is unknown")

    kinds["hello"] = Kind(lambda message: replace(hello(message), on_sent=forget))
    message, other = put(), put("2", delay=timedelta(days=2))

    assert (deliver(), deliver(NOW + timedelta(days=1))) == (1, 0)

    message.refresh_from_db()
    assert message.state == State.SENT
    assert message.last_error.startswith("Sent, but what follows failed: ValueError (test_delivery.py, line ")
    assert "ada@example.org" not in caplog.text
    other.refresh_from_db()
    assert other.last_error == ""


def test_of_a_long_subject_the_beginning_is_kept(kinds: dict[str, Kind], server: SmtpServer) -> None:
    subject = "Hello " * 60
    kinds["hello"] = Kind(lambda message: replace(hello(message), subject=subject.strip()))
    message = put()

    assert deliver() == 1

    message.refresh_from_db()
    assert (message.state, message.subject) == (State.SENT, subject[:300])


def test_a_secret_is_wiped_once_sent(kinds: dict[str, Kind], server: SmtpServer) -> None:
    message = put(secret={"code": "123456"})

    deliver()

    message.refresh_from_db()
    assert (message.secret, message.had_secret, message.state) == (None, True, State.SENT)


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
    outbox.enqueue("broken", at=NOW - MINUTE, key="1", email="ada@example.org")
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


def test_logs_name_ids_and_kinds_only(
    kinds: dict[str, Kind], server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    message = put(secret={"code": "123456"})

    with caplog.at_level("DEBUG", logger="notifications"):
        deliver()

    assert [record.getMessage() for record in caplog.records if record.name.startswith("notifications")] == [
        f"Message {message.pk} (hello) sent."
    ]
