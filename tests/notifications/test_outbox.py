"""What is owed: a row in the caller's transaction, once for each cause, pushed back where debounced."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from notifications import outbox
from notifications.models import Message
from notifications.nudge import nudge
from notifications.outbox import Kind, Letter, MessageRow
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
State = Message.State


def put(key: str = "1", /, **fields: object) -> None:
    outbox.enqueue("hello", **({"at": NOW, "key": key, "email": "ada@example.org"} | fields))  # type: ignore[arg-type]


def change(at: datetime, *, payload: dict[str, object] | None = None, email: str = "ada@example.org") -> None:
    """A change that a debounced message tells: two minutes later, ten at most."""
    outbox.enqueue(
        "agenda", at=at, key="1", email=email, payload=payload, delay=2 * MINUTE, at_most=10 * MINUTE
    )


def test_what_is_owed_is_a_row() -> None:
    ada = make.member("Ada")

    outbox.enqueue(
        "code", at=NOW, key="1", member=ada, payload={"x": 1}, not_after=NOW + MINUTE, secret={"code": "123"}
    )

    row = dict(Message.objects.values().get())
    assert row.pop("id")
    assert str(row.pop("message_id")).endswith("@localhost>")
    assert row == {
        "kind": "code",
        "member_id": ada.pk,
        "email": "",
        "language": "en-gb",
        "payload": {"x": 1},
        "secret": {"code": "123"},
        "had_secret": True,
        "key": "1",
        "debounced": False,
        "bulk": False,
        "state": State.QUEUED,
        "created_at": NOW,
        "send_after": NOW,
        "not_after": NOW + MINUTE,
        "attempts": 0,
        "lease_until": None,
        "last_error": "",
        "subject": "",
        "sent_at": None,
        "resend_of_id": None,
        "requested_by_id": None,
        "requested_at": None,
    }


def test_what_is_owed_goes_with_the_transaction_that_caused_it() -> None:
    with transaction.atomic():
        put()
        change(NOW)
        transaction.set_rollback(True)

    assert not Message.objects.exists()


@pytest.mark.parametrize("state", [State.QUEUED, State.SENT, State.FAILED, State.SUPERSEDED])
def test_a_cause_that_was_told_adds_nothing_whatever_became_of_it(state: Message.State) -> None:
    put()
    Message.objects.update(state=state)

    put(at=NOW + timedelta(days=365))
    outbox.enqueue_many("hello", [MessageRow("1", email="ada@example.org")], at=NOW)

    assert Message.objects.get().created_at == NOW


def test_two_kinds_may_have_the_same_key() -> None:
    put()
    outbox.enqueue("goodbye", at=NOW, key="1", email="ada@example.org")

    assert sorted(Message.objects.values_list("kind", flat=True)) == ["goodbye", "hello"]


def test_changes_push_a_debounced_message_back() -> None:
    change(NOW)
    change(NOW + MINUTE)

    message = Message.objects.get()
    assert (message.created_at, message.send_after) == (NOW, NOW + 3 * MINUTE)


def test_changes_push_it_back_no_longer_than_they_may() -> None:
    for minute in range(30):
        change(NOW + minute * MINUTE)

    assert Message.objects.get().send_after == NOW + 10 * MINUTE


def test_a_delay_beyond_the_limit_is_the_limit() -> None:
    outbox.enqueue("agenda", at=NOW, key="1", email="ada@example.org", delay=20 * MINUTE, at_most=10 * MINUTE)

    assert Message.objects.get().send_after == NOW + 10 * MINUTE


def test_a_later_change_adds_to_what_it_is_about_and_says_to_whom() -> None:
    change(NOW, payload={"a": 1, "b": 1})
    change(NOW, payload={"b": 2}, email="bo@example.org")

    message = Message.objects.get()
    assert (message.payload, message.email) == ({"a": 1, "b": 2}, "bo@example.org")


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.SUPERSEDED])
def test_a_change_after_a_debounced_message_is_told_by_another(state: Message.State) -> None:
    change(NOW)
    Message.objects.update(state=state)

    change(NOW + MINUTE)

    assert list(Message.objects.values_list("state", "created_at")) == [
        (State.QUEUED, NOW + MINUTE),
        (state, NOW),
    ]


def test_a_change_does_not_hurry_what_waits_for_a_mail_server() -> None:
    change(NOW)
    Message.objects.update(attempts=5, send_after=NOW + timedelta(hours=1))

    change(NOW + MINUTE, payload={"a": 1})

    message = Message.objects.get()
    assert (message.send_after, message.payload) == (NOW + timedelta(hours=1), {"a": 1})


@pytest.mark.parametrize(
    "fields", [{"email": ""}, {"key": ""}, {"key": "k" * 201}, {"at_most": MINUTE, "secret": {"code": "1"}}]
)
def test_what_could_never_be_sent_is_a_mistake_of_the_caller(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"message"):
        put(**fields)

    assert not Message.objects.exists()


@pytest.mark.slow
def test_thousands_are_owed_in_one_insert_for_each_five_hundred(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [MessageRow(f"all:{n}", email=f"{n}@example.org", payload={"n": n}) for n in range(1200)]

    with django_assert_num_queries(3):
        outbox.enqueue_many("hello", rows, at=NOW, delay=MINUTE, not_after=NOW + 2 * MINUTE)

    first = Message.objects.get(key="all:0")
    assert Message.objects.filter(debounced=False, send_after=NOW + MINUTE).count() == 1200
    assert (first.payload, first.email, first.not_after) == ({"n": 0}, "0@example.org", NOW + 2 * MINUTE)


def test_what_goes_to_many_is_known_by_its_kind_and_nudges_nobody(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    kinds = {"hello": Kind(lambda _: None, is_bulk=True), "code": Kind(lambda _: None)}
    monkeypatch.setattr(outbox, "KINDS", kinds)

    with django_capture_on_commit_callbacks() as callbacks:
        put("1")
        outbox.enqueue_many("hello", [MessageRow("2", email="ada@example.org")], at=NOW)
    outbox.enqueue_many("code", [MessageRow("3", email="ada@example.org")], at=NOW)

    assert callbacks == []
    assert dict(Message.objects.values_list("key", "bulk")) == {"1": True, "2": True, "3": False}


def test_many_are_spread_over_a_while_by_chance() -> None:
    rows = [MessageRow(f"all:{n}", email=f"{n}@example.org") for n in range(3)]

    outbox.enqueue_many(
        "hello", rows, at=NOW, delay=MINUTE, spread=10 * MINUTE, chance=iter((0.5, 0.0, 0.9)).__next__
    )

    due = Message.objects.order_by("key").values_list("send_after", flat=True)
    assert list(due) == [NOW + minutes * MINUTE for minutes in (6, 1, 10)]


def test_putting_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        put()
        change(NOW)


def test_the_workers_are_nudged_once_a_transaction(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        put("1")
        with transaction.atomic():
            put("2")
        outbox.enqueue_many("hello", [MessageRow("3", email="ada@example.org")], at=NOW)

    assert callbacks == [nudge]


def test_a_savepoint_that_is_undone_takes_its_nudge_along_but_no_other(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        with transaction.atomic():
            put("1")
            transaction.set_rollback(True)
        put("2")

    assert callbacks == [nudge]


def test_nobody_is_nudged_for_what_is_due_later(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        change(NOW)
        put(delay=MINUTE)
        outbox.enqueue_many("hello", [], at=NOW)

    assert callbacks == []


def test_a_kind_has_one_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "KINDS", {})

    def first(message: Message) -> Letter | None:
        return None

    outbox.register("hello", first)
    outbox.register("hello", first)

    with pytest.raises(ValueError, match="'hello' is registered already"):
        outbox.register("hello", lambda _: None)
    assert outbox.KINDS["hello"].render is first


def test_message_ids_differ_and_are_the_sites_own() -> None:
    ids = {outbox.new_message_id() for _ in range(100)}

    assert len(ids) == 100
    assert all(one.startswith("<") and one.endswith("@localhost>") for one in ids)


def test_what_is_queued_can_be_taken_back_by_its_key_or_all_that_begin_with_it() -> None:
    for key in ("7:1", "7:12", "7:2", "71:1", "7"):
        put(key)
    outbox.enqueue("other", at=NOW, key="7:1", email="ada@example.org")

    by_key = outbox.cancel_queued(["hello"], key="7:1")
    left = sorted(Message.objects.filter(kind="hello").values_list("key", flat=True))
    by_beginning = outbox.cancel_queued(["hello"], key="7:")

    assert (by_key, left) == (1, ["7", "71:1", "7:12", "7:2"])
    assert by_beginning == 2
    assert sorted(Message.objects.values_list("kind", "key")) == [
        ("hello", "7"),
        ("hello", "71:1"),
        ("other", "7:1"),
    ]


@pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.FAILED, State.SUPERSEDED])
def test_what_is_under_way_or_over_is_not_taken_back(state: Message.State) -> None:
    put("7:1")
    lease = NOW if state == State.SENDING else None
    Message.objects.update(state=state, lease_until=lease)

    assert outbox.cancel_queued(["hello"], key="7:") == 0
    assert Message.objects.count() == 1
