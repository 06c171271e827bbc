"""After a restore nothing that may have been sent goes by itself: the team decides by kind."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from audit.actors import COMMAND
from audit.acts import Act
from audit.models import Entry
from notifications import after_restore, outbox
from notifications.after_restore import Held
from notifications.models import Message
from notifications.outbox import Kind, MessageRow
from notifications.resend import send_again
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat
from tests.notifications.conftest import hello
from tests.notifications.sending import deliver, deliver_bulk, facts, put, put_to_many
from tests.notifications.smtp_server import SmtpServer
from tests.notifications.staff import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
BACKUP = NOW - timedelta(hours=3)
LATER = NOW + timedelta(hours=1)
PAGE, RELEASE, DROP = (
    reverse(f"admin:notifications_message_maybe_sent{act}") for act in ("", "_release", "_drop")
)
State = Message.State


def restored(at=NOW) -> int:
    return after_restore.hold(backup_at=BACKUP, by=COMMAND, at=at)


def debounced(key: str = "1", *, at=NOW) -> Message:
    return put(key, at=at, at_most=timedelta(minutes=10))


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("state", flat=True))


@pytest.mark.parametrize("due", [-60, 0, 60 * 24 * 30])
def test_what_was_owed_in_the_backup_is_sent_by_nobody(server: SmtpServer, due) -> None:
    message = put(delay=timedelta(minutes=due))

    number = restored()
    deliver(LATER + timedelta(days=60))
    deliver_bulk(LATER + timedelta(days=60))

    assert (number, server.message_ids) == (1, [])
    assert facts(message) == {
        "state": "maybe_sent",
        "attempts": 0,
        "send_after": NOW + timedelta(minutes=due),
        "lease_until": None,
        "last_error": after_restore.MAYBE_SENT.format(BACKUP),
    }


def test_what_was_in_a_workers_hands_does_not_come_back(server: SmtpServer) -> None:
    message = put()
    Message.objects.update(state=State.SENDING, lease_until=NOW, attempts=1)

    restored()
    deliver(LATER)

    message.refresh_from_db()
    assert (message.state, server.message_ids) == (State.MAYBE_SENT, [])


def test_what_goes_to_many_waits_too(kinds: dict[str, Kind], server: SmtpServer) -> None:
    put_to_many(kinds, 3)

    restored()
    deliver_bulk(LATER)

    assert (states(), server.message_ids) == ([State.MAYBE_SENT] * 3, [])


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.SUPERSEDED])
def test_what_was_over_stays_as_it_is(state) -> None:
    put()
    Message.objects.update(state=state)

    assert restored() == 0
    assert states() == [state]


def test_a_cause_that_may_have_been_told_is_not_owed_anew(server: SmtpServer) -> None:
    put()
    restored()

    outbox.enqueue("hello", at=LATER, key="1", email="ada@example.org")
    outbox.enqueue_many("hello", [MessageRow("1", email="ada@example.org")], at=LATER)
    deliver(LATER)

    assert (states(), server.message_ids) == ([State.MAYBE_SENT], [])


def test_what_waits_is_told_by_kind(kinds: dict[str, Kind], django_assert_num_queries) -> None:
    put_to_many(kinds, 2)
    put("1")
    put("2", delay=timedelta(hours=2))
    restored()

    with django_assert_num_queries(1):
        held = after_restore.held()

    assert held == [Held("hello", 2, NOW, NOW + timedelta(hours=2)), Held("news", 2, NOW, NOW)]


def test_a_kind_that_is_let_go_is_sent_once_and_the_others_wait(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    bo, message = make.member("Bo"), put()
    put_to_many(kinds, 1)
    restored()

    numbers = [after_restore.release("hello", by=bo, at=LATER) for _ in range(2)]
    for _ in range(2):
        deliver(LATER)
        deliver_bulk(LATER)

    message.refresh_from_db()
    assert (numbers, states()) == ([1, 0], [State.SENT, State.MAYBE_SENT])
    assert server.message_ids == [message.message_id]
    assert (message.requested_by, message.requested_at, message.last_error) == (bo, LATER, "")


def test_what_is_not_due_yet_waits_for_its_time_when_it_is_let_go(server: SmtpServer) -> None:
    put(delay=timedelta(days=2))
    restored()

    after_restore.release("hello", by=make.member("Bo"), at=LATER)
    deliver(LATER)

    assert (states(), server.message_ids) == ([State.QUEUED], [])


def test_what_is_dropped_is_never_sent_and_its_secret_goes(server: SmtpServer) -> None:
    bo, message = make.member("Bo"), put(secret={"code": "123"})
    restored()

    numbers = [after_restore.drop("hello", by=bo, at=LATER) for _ in range(2)]
    after_restore.release("hello", by=bo, at=LATER)
    deliver(LATER)

    message.refresh_from_db()
    assert (numbers, server.message_ids) == ([1, 0], [])
    assert (message.state, message.secret) == (State.SUPERSEDED, None)
    assert message.last_error == "Taken as sent before the restore."


@pytest.mark.parametrize("is_sent", [False, True])
def test_of_what_was_put_anew_after_the_restore_only_the_newer_goes(server: SmtpServer, is_sent) -> None:
    older = debounced()
    restored()
    newer = debounced(at=LATER)
    if is_sent:
        deliver(LATER)

    number = after_restore.release("hello", by=make.member("Bo"), at=LATER)
    deliver(LATER)

    older.refresh_from_db()
    assert (number, server.message_ids) == (0, [newer.message_id])
    assert (older.state, older.last_error) == (State.SUPERSEDED, "A newer message tells it.")


def test_of_two_that_tell_the_same_the_newer_is_let_go(server: SmtpServer) -> None:
    debounced()
    Message.objects.update(state=State.SENDING, lease_until=NOW)
    newer = debounced()
    restored()

    number = after_restore.release("hello", by=make.member("Bo"), at=LATER)
    deliver(LATER)

    assert (number, server.message_ids) == (1, [newer.message_id])


def test_one_alone_can_be_sent_again(server: SmtpServer) -> None:
    first, second = put("1"), put("2")
    restored()

    send_again(second, by=make.member("Bo"), at=LATER)
    deliver(LATER)

    first.refresh_from_db()
    assert (first.state, server.message_ids) == (State.MAYBE_SENT, [second.message_id])


def test_the_trail_says_who_decided() -> None:
    bo, first = make.member("Bo"), put("1")
    restored()
    after_restore.drop("hello", by=bo, at=LATER)

    told = Entry.objects.filter(thing_id=first.pk).order_by("id").values_list("act", "via", "actor_id", "at")

    assert list(told) == [
        (Act.MESSAGE_HELD, "command", None, NOW),
        (Act.MESSAGE_DROPPED, "person", bo.pk, LATER),
    ]


# The page


@pytest.fixture
def sam() -> Client:
    return staff("send_message_again")


@pytest.mark.slow
def test_the_page_shows_each_kind_and_the_front_page_leads_there(kinds: dict[str, Kind], sam: Client) -> None:
    kinds["session.changed"] = Kind(hello)
    outbox.enqueue("session.changed", at=NOW, key="1", email="ada@example.org")
    put()
    restored()

    front, page = (flat(sam.get(path).content.decode()) for path in ("/team/", PAGE))

    assert "2 emails wait: maybe sent before the restore" in front
    assert PAGE in front
    assert "Session: changed" in page
    assert "2 Nov 2026, 10:00" in page


@pytest.mark.slow
def test_without_a_restore_nothing_is_asked(sam: Client) -> None:
    put()

    front, page = (flat(sam.get(path).content.decode()) for path in ("/team/", PAGE))

    assert "before the restore" not in front
    assert "No email waits for a decision" in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "said", "state"),
    [
        (RELEASE, "Hello: 1 email will be sent.", State.QUEUED),
        (DROP, "Hello: 1 email will not be sent.", State.SUPERSEDED),
    ],
)
def test_a_press_decides_about_a_kind_once(sam: Client, address, said, state) -> None:
    put()
    restored()

    first, second = (flat(sam.post(address, {"kind": "hello"}, follow=True).content.decode()) for _ in "12")

    assert said in first
    assert "Nothing of that kind waits any more." in second
    assert states() == [state]


@pytest.mark.slow
@pytest.mark.parametrize("address", [RELEASE, DROP])
def test_who_may_not_send_again_decides_nothing(address) -> None:
    put()
    restored()

    answers = [staff().post(address, {"kind": "hello"}), people.reader().post(address, {"kind": "hello"})]

    assert [one.status_code for one in answers] == [403, 302]
    assert states() == [State.MAYBE_SENT]


def test_a_code_that_waits_goes_when_it_is_of_no_use_any_more():
    code, other = put("code", not_after=NOW + timedelta(minutes=15), secret={"code": "1234"}), put("other")
    restored()

    early = after_restore.give_up(at=NOW + timedelta(minutes=14))
    done = after_restore.give_up(at=NOW + timedelta(minutes=15))

    for one in (code, other):
        one.refresh_from_db()
    assert (early, done) == (0, 1)
    assert (code.state, code.secret, code.last_error) == ("superseded", None, after_restore.GIVEN_UP)
    assert other.state == "maybe_sent"
    assert Entry.objects.filter(act=Act.MESSAGE_DROPPED, thing_id=code.pk, via="site").count() == 1


def test_what_nobody_decides_about_for_a_month_goes_and_its_words_with_it():
    words = put("words", secret={"words": "Dear author"})
    sent = put("sent", secret={"words": "Not held"})
    Message.objects.filter(pk=sent.pk).update(state=State.SENDING, lease_until=LATER)
    Message.objects.filter(pk=words.pk).update(state=State.MAYBE_SENT)

    early = after_restore.give_up(at=NOW + after_restore.RETENTION - timedelta(seconds=1))
    done = after_restore.give_up(at=NOW + after_restore.RETENTION)

    for one in (words, sent):
        one.refresh_from_db()
    assert (early, done, words.secret, sent.secret) == (0, 1, None, {"words": "Not held"})
    assert after_restore.held() == []
