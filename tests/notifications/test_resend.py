"""Sending again: what failed as it is, what was sent as a copy, a secret never."""

from datetime import datetime, timedelta

import pytest

from members.models import Member
from notifications import delivery, outbox
from notifications.models import Message
from notifications.outbox import Kind
from notifications.resend import SendAgainRefused, send_again
from tests import make
from tests.make import NOW
from tests.notifications.conftest import hello
from tests.notifications.smtp_server import SmtpServer

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(hours=1)
State = Message.State


@pytest.fixture
def bo() -> Member:
    """Somebody of the team."""
    return make.member("Bo", is_staff=True)


def message(state: Message.State = State.QUEUED, **fields: object) -> Message:
    outbox.enqueue("hello", **({"at": NOW, "key": "1", "email": "ada@example.org"} | fields))  # type: ignore[arg-type]  # several types
    if state != State.QUEUED:
        Message.objects.update(state=state, attempts=12, secret=None)
    return Message.objects.get()


def deliver(at: datetime = LATER) -> None:
    delivery.deliver_due(clock=lambda: at, chance=lambda: 0.5)


def test_what_failed_goes_out_with_its_own_message_id(
    kinds: dict[str, Kind], server: SmtpServer, bo: Member
) -> None:
    failed = message(State.FAILED)

    queued = send_again(failed, by=bo, at=LATER)
    deliver()

    assert queued == failed
    assert server.message_ids == [failed.message_id]
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (State.SENT, 1)
    assert (failed.requested_by, failed.requested_at) == (bo, LATER)


def test_what_was_sent_goes_out_as_a_copy_with_a_message_id_of_its_own(
    kinds: dict[str, Kind], server: SmtpServer, bo: Member
) -> None:
    sent = message(payload={"session": 3})
    deliver()

    copy = send_again(sent, by=bo, at=LATER)
    deliver()

    sent.refresh_from_db()
    assert copy.pk != sent.pk
    assert server.message_ids == [sent.message_id, copy.message_id]
    assert (copy.resend_of, copy.requested_by, copy.requested_at) == (sent, bo, LATER)
    assert (copy.payload, copy.email) == ({"session": 3}, "ada@example.org")
    assert (sent.state, sent.requested_by) == (State.SENT, None)


def test_what_waits_for_another_attempt_goes_out_now(
    kinds: dict[str, Kind], server: SmtpServer, bo: Member
) -> None:
    waiting = message(delay=timedelta(days=1))

    send_again(waiting, by=bo, at=LATER)
    deliver()

    assert server.message_ids == [waiting.message_id]


def test_what_waits_among_many_goes_out_now_that_somebody_asks(
    kinds: dict[str, Kind], server: SmtpServer, bo: Member
) -> None:
    kinds["hello"] = Kind(hello, is_bulk=True)
    waiting = message()

    send_again(waiting, by=bo, at=LATER)
    deliver()

    assert server.message_ids == [waiting.message_id]


def test_a_second_press_is_the_same_press(bo: Member) -> None:
    sent = message(State.SENT)
    send_again(sent, by=bo, at=LATER)

    with pytest.raises(SendAgainRefused, match="within the last minute"):
        send_again(sent, by=bo, at=LATER + MINUTE / 2)

    assert Message.objects.count() == 2


def test_it_can_be_sent_again_later_once_more(kinds: dict[str, Kind], server: SmtpServer, bo: Member) -> None:
    sent = message(State.SENT)

    for hour in range(3):
        send_again(sent, by=bo, at=LATER + timedelta(hours=hour))
        deliver(LATER + timedelta(hours=hour))

    assert len(set(server.message_ids)) == 3


def test_a_copy_that_still_waits_is_not_doubled(bo: Member) -> None:
    sent = message(State.SENT)
    send_again(sent, by=bo, at=LATER)

    with pytest.raises(SendAgainRefused, match="waiting to be sent"):
        send_again(sent, by=bo, at=LATER + timedelta(hours=1))


@pytest.mark.parametrize(
    ("state", "fields", "why"),
    [
        (State.SENT, {"secret": {"code": "1"}}, "code or secret link"),
        (State.FAILED, {"secret": {"code": "1"}}, "code or secret link"),
        (State.FAILED, {"not_after": LATER}, "too late"),
        (State.SUPERSEDED, {}, "newer message"),
    ],
)
def test_what_cannot_be_sent_again_says_why(
    bo: Member, state: Message.State, fields: dict[str, object], why: str
) -> None:
    refused = message(state, **fields)

    with pytest.raises(SendAgainRefused, match=why):
        send_again(refused, by=bo, at=LATER)

    assert Message.objects.get().state == state


def test_what_is_being_sent_is_not_sent_again(kinds: dict[str, Kind], bo: Member) -> None:
    sending = message()
    delivery.claim(at=NOW)

    with pytest.raises(SendAgainRefused, match="at this moment"):
        send_again(sending, by=bo, at=LATER)


def test_what_failed_is_not_sent_where_a_newer_twin_waits(bo: Member) -> None:
    failed = message(State.FAILED, delay=MINUTE, at_most=MINUTE)
    outbox.enqueue("hello", at=LATER, key="1", email="ada@example.org", at_most=MINUTE)

    with pytest.raises(SendAgainRefused, match="newer message"):
        send_again(failed, by=bo, at=LATER)
