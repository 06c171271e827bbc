"""Messages in admin that went to people without an account, and what the list leaves out."""

import pytest
from django.urls import reverse

from notifications import admin, outbox
from notifications.models import Message
from notifications.outbox import Kind
from tests import make
from tests.make import NOW
from tests.notifications.staff import LIST, message, page, staff

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture(autouse=True)
def _kinds_of_admin(kinds: dict[str, Kind], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin, "KINDS", kinds)


def test_an_email_to_a_guest_shows_neither_where_it_went_nor_what_is_in_it(kinds: dict[str, Kind]) -> None:
    kinds["letter-to-guest"] = Kind(kinds["hello"].render, is_private=True)
    client = staff("see_recipient_address")
    outbox.enqueue("letter-to-guest", at=NOW, key="guests", email="gwen@guests.example")
    shown = Message.objects.get(key="guests")

    texts = client.get(LIST).content.decode() + page(client, shown)

    assert "gwen@guests.example" not in texts
    assert "Hello guests" not in texts
    assert client.get(reverse("admin:notifications_message_preview", args=[shown.pk])).status_code == 404


@pytest.mark.slow
def test_an_email_to_a_guest_is_found_by_its_message_id_or_a_whole_address(kinds: dict[str, Kind]) -> None:
    kinds["letter-to-guest"] = Kind(kinds["hello"].render, is_private=True)
    client = staff("see_recipient_address")
    outbox.enqueue("letter-to-guest", at=NOW, key="guests", email="gwen@guests.example")
    shown = Message.objects.get(key="guests")

    def found(words: str) -> list[Message]:
        return list(client.get(LIST, {"q": words}).context["cl"].result_list)

    assert [found(term) for term in ("gwen", "gwen@guests", "Gwen@guests.example", shown.message_id)] == [
        [],
        [],
        [shown],
        [shown],
    ]
    assert found("") == [shown]


def test_a_whole_address_finds_a_guests_emails_for_those_only_who_may_see_addresses(
    kinds: dict[str, Kind],
) -> None:
    kinds["letter-to-guest"] = Kind(kinds["hello"].render, is_private=True)
    outbox.enqueue("letter-to-guest", at=NOW, key="guests", email="gwen@guests.example")

    found = staff().get(LIST, {"q": "gwen@guests.example"}).context["cl"].result_count

    assert found == 0


def test_what_a_later_email_replaced_is_left_out_until_it_is_asked_for() -> None:
    client = staff()
    kept, replaced = message(), message("2")
    Message.objects.filter(pk=replaced.pk).update(state=Message.State.SUPERSEDED)

    def found(**query: str) -> list[Message]:
        return list(client.get(LIST, query).context["cl"].result_list)

    assert (found(), found(state__exact="superseded")) == ([kept], [replaced])
    assert found(q=replaced.message_id) == [replaced]
    assert client.get(reverse("admin:notifications_message_change", args=[replaced.pk])).status_code == 200


def test_an_email_of_a_private_kind_to_a_member_is_shown_like_any_other(kinds: dict[str, Kind]) -> None:
    kinds["letter-to-guest"] = Kind(kinds["hello"].render, is_private=True)
    outbox.enqueue(
        "letter-to-guest", at=NOW, key="members", member=make.member("Ada", email="ada@example.org")
    )

    assert "ada@example.org" in staff("see_recipient_address").get(LIST).content.decode()
