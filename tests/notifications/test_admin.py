"""Messages in admin: read-only, addresses for those who may see them, preview, send again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from members.models import Member
from notifications import admin, outbox
from notifications.models import Message
from notifications.outbox import Kind, MessageRow
from tests import make
from tests.make import NOW
from tests.markup import flat
from tests.notifications.staff import LIST, message, page, staff

pytestmark = pytest.mark.django_db

State = Message.State


@pytest.fixture(autouse=True)
def _kinds_of_admin(kinds: dict[str, Kind], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin, "KINDS", kinds)


@pytest.mark.slow
def test_who_may_not_see_addresses_sees_names_only() -> None:
    client = staff()
    ada = make.member("Ada", email="ada@example.org")
    shown = message(email="", member=ada)
    message("2", email="guest@example.org")

    texts = client.get(LIST).content.decode() + page(client, shown)

    assert "Ada" in texts
    assert "Somebody without an account" in texts
    assert "ada@example.org" not in texts
    assert "guest@example.org" not in texts


@pytest.mark.slow
def test_who_may_see_addresses_sees_them() -> None:
    client = staff("see_recipient_address")
    shown = message()

    assert "ada@example.org" in client.get(LIST).content.decode()
    assert "ada@example.org" in page(client, shown)


@pytest.mark.slow
@pytest.mark.parametrize("words", ["ada@example.org", "ADA@example"])
def test_an_address_is_found_by_those_only_who_may_see_it(words: str) -> None:
    message()
    message("2", email="bo@example.org")

    def found(client: Client) -> int:
        return len(client.get(LIST, {"q": words}).context["cl"].result_list)

    assert (found(staff("see_recipient_address")), found(staff())) == (1, 0)


@pytest.mark.slow
def test_a_message_is_found_by_its_message_id() -> None:
    wanted = message()
    message("2")

    found = staff().get(LIST, {"q": wanted.message_id}).context["cl"].result_list

    assert list(found) == [wanted]


@pytest.mark.slow
@pytest.mark.parametrize("part", [slice(None), slice(1, None), slice(1, -1), slice(0, 9), slice(1, 9)])
def test_a_message_is_found_by_how_its_message_id_begins_with_its_brackets_or_without(part: slice) -> None:
    wanted = message()
    message("2")

    found = staff().get(LIST, {"q": wanted.message_id[part]}).context["cl"].result_list

    assert list(found) == [wanted]


def test_messages_are_filtered_by_state_and_kind() -> None:
    wanted = message()
    outbox.enqueue("other", at=NOW, key="1", email="ada@example.org")

    found = staff().get(LIST, {"state__exact": "queued", "kind": "hello"}).context["cl"].result_list

    assert list(found) == [wanted]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_however_long(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = staff("see_recipient_address", "send_message_again")
    people = [make.member(str(number)) for number in range(rows)]
    outbox.enqueue_many(
        "hello", [MessageRow(str(person.pk), member_id=person.pk) for person in people], at=NOW
    )

    with django_assert_num_queries(6):
        client.get(LIST)


def test_messages_are_facts() -> None:
    client = staff("add_message", "change_message", "delete_message")
    shown = message()
    address = reverse("admin:notifications_message_change", args=[shown.pk])

    assert client.get(reverse("admin:notifications_message_add")).status_code == 403
    assert client.post(address, {"state": "sent"}).status_code == 403
    assert client.post(reverse("admin:notifications_message_delete", args=[shown.pk])).status_code == 403


def test_a_message_is_shown_as_it_would_be_sent_now() -> None:
    shown = message(payload={"session": 3})
    client = staff()

    text = page(client, shown)

    frame = client.get(reverse("admin:notifications_message_preview", args=[shown.pk]))
    assert "About {&#x27;session&#x27;: 3}" in text
    assert f'<iframe class="mail-frame" sandbox src="{frame.request["PATH_INFO"]}"' in flat(text)
    assert frame.content == b"<p>Hello</p>"
    assert frame["Content-Security-Policy"].endswith("frame-ancestors 'self'; sandbox")
    assert frame["X-Frame-Options"] == "SAMEORIGIN"


def test_a_secret_is_not_shown() -> None:
    shown = message(secret={"code": "123456"})
    client = staff("see_recipient_address")

    text = page(client, shown)

    frame = client.get(reverse("admin:notifications_message_preview", args=[shown.pk]))
    assert "It holds a code or secret link, so it is not shown." in text
    assert "123456" not in text
    assert frame.status_code == 404


def test_what_cannot_be_rendered_is_shown_all_the_same(kinds: dict[str, Kind]) -> None:
    kinds["hello"] = Kind(lambda _: 1 / 0)  # type: ignore[arg-type, return-value]
    broken = message()
    kinds["nothing"] = Kind(lambda _: None)
    outbox.enqueue("nothing", at=NOW, key="2", email="ada@example.org")

    client = staff()

    assert "It cannot be rendered: ZeroDivisionError." in page(client, broken)
    assert "Nothing is left to tell" in page(client, Message.objects.get(key="2"))


def test_one_message_is_sent_again() -> None:
    client = staff("send_message_again")
    failed = message()
    Message.objects.update(state=State.FAILED)
    address = reverse("admin:notifications_message_send_again", args=[failed.pk])
    assert f'action="{address}"' in page(client, failed)

    response = client.post(address, follow=True)

    failed.refresh_from_db()
    assert "It will be sent again in a moment." in flat(response.content.decode())
    assert (failed.state, failed.requested_by) == (State.QUEUED, Member.objects.get(name="Bo"))


def test_many_messages_are_sent_again_and_refusals_say_why() -> None:
    client = staff("send_message_again")
    message("1")
    message("2", secret={"code": "1"})
    message("3", not_after=NOW + timedelta(hours=1))
    Message.objects.update(state=State.FAILED)
    chosen = [row.pk for row in Message.objects.order_by("id")]

    shown = client.post(LIST, {"action": "send_again", "_selected_action": chosen})
    untouched = set(Message.objects.values_list("state", flat=True))
    answer = {"action": "send_again", "_selected_action": chosen, "confirmed": "1"}
    response = client.post(LIST, answer, follow=True)

    asked, text = shown.text, response.text
    assert ("About {}" in asked, "It holds a code or secret link" in asked) == (True, True)
    assert untouched == {State.FAILED}
    assert "1 of 3 will be sent again in a moment." in text
    assert f"Message {chosen[1]}: It held a code or secret link" in text
    assert f"Message {chosen[2]}: It is too late" in text
    assert list(Message.objects.order_by("id").values_list("state", flat=True)) == [
        State.QUEUED,
        State.FAILED,
        State.FAILED,
    ]


def test_too_many_to_look_at_are_not_sent_again() -> None:
    client = staff("send_message_again")
    for number in range(admin.MAX_AT_ONCE + 1):
        message(str(number))
    chosen = list(Message.objects.values_list("pk", flat=True))

    answer = {"action": "send_again", "_selected_action": chosen, "confirmed": "1"}
    response = client.post(LIST, answer, follow=True)

    assert "Choose 20 at most" in flat(response.text)
    assert not Message.objects.exclude(requested_by=None).exists()


def test_what_was_sent_is_shown_as_a_copy_would_be_sent(kinds: dict[str, Kind]) -> None:
    kinds["once"] = Kind(lambda m: kinds["hello"].render(m) if m.resend_of_id else None)
    outbox.enqueue("once", at=NOW, key="once", email="ada@example.org")
    Message.objects.update(state=State.SENT, sent_at=NOW)

    text = page(staff("send_message_again"), Message.objects.get(key="once"))

    assert "Hello once" in text
    assert "Nothing is left to tell" not in text


def test_only_those_who_may_send_again() -> None:
    client = staff()
    failed = message()
    Message.objects.update(state=State.FAILED)
    address = reverse("admin:notifications_message_send_again", args=[failed.pk])

    assert "Send again" not in page(client, failed)
    assert client.post(address).status_code == 404
    client.post(LIST, {"action": "send_again", "_selected_action": [failed.pk]})
    failed.refresh_from_db()
    assert failed.state == State.FAILED


def test_looking_changes_nothing() -> None:
    client = staff("send_message_again")
    failed = message()

    assert client.get(reverse("admin:notifications_message_send_again", args=[failed.pk])).status_code == 405


def test_who_may_not_see_messages_sees_none() -> None:
    shown = message()
    person = make.member("Cy", is_staff=True)
    client = Client()
    client.force_login(person)

    assert client.get(LIST).status_code == 403
    assert client.get(reverse("admin:notifications_message_preview", args=[shown.pk])).status_code == 404
