"""Signing up and confirming the address with a code."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from members.emails import account_code, account_notice
from members.models import ListedAddress, Member
from notifications.models import Message
from tests import letters
from tests.found import found
from tests.markup import flat
from tests.members.accounts.signing_up import code_for, confirm, is_logged_in, kinds_for, sign_up

pytestmark = pytest.mark.django_db


def test_who_signs_up_and_confirms_with_the_code_is_logged_in_and_waits(client):
    answer = sign_up(client)
    before = is_logged_in(client)
    confirmed = confirm(client, code_for("ada@example.org"))

    member = Member.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/confirm-email/")
    assert not before
    assert (confirmed.status_code, confirmed["Location"]) == (302, "/members/membership/")
    assert is_logged_in(client)
    assert (member.name, member.email, member.membership) == ("Ada", "ada@example.org", "waiting")
    assert kinds_for("ada@example.org") == ["confirm-address"]


def test_who_is_on_the_list_is_a_member_at_once(client):
    ListedAddress.objects.create(email="ada@example.org")

    sign_up(client, email="Ada@Example.ORG")
    confirm(client, code_for("ada@example.org"))

    assert Member.objects.get().membership == Member.Membership.ACTIVE
    assert "Welcome, Ada" in flat(client.get("/members/membership/").content.decode())


def test_the_code_is_eight_digits_is_wiped_from_the_letter_and_lives_fifteen_minutes(client):
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False):
        sign_up(client)

    message = Message.objects.get()
    letter, code = found(account_code(message)), letters.code_in(message)
    assert re.fullmatch(r"\d{4}-\d{4}", code)
    assert found(message.not_after) - message.created_at == timedelta(minutes=15)
    assert [code in part for part in (letter.text, letter.html, letter.subject)] == [True, True, False]
    assert letter.to == "ada@example.org"


def test_a_code_that_was_wiped_is_not_sent_again(client):
    sign_up(client)
    message = Message.objects.get()
    message.secret = None

    assert account_code(message) is None
    assert account_notice(message) is None


def test_the_code_may_be_typed_without_its_dash_and_with_spaces(client):
    sign_up(client)

    confirm(client, f" {code_for('ada@example.org').replace('-', ' ')} ")

    assert is_logged_in(client)


def test_a_mail_to_an_address_nobody_has_confirmed_never_carries_a_name(client):
    sign_up(client, name="WIN A PRIZE at evil.example")

    letter = found(account_code(Message.objects.get()))

    assert "PRIZE" not in letter.text + letter.html + letter.subject


@pytest.mark.parametrize("seconds", [901, 3600])
def test_a_code_is_worth_nothing_after_fifteen_minutes(client, seconds):
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False) as clock:
        sign_up(client)
        code = code_for("ada@example.org")
        clock.shift(seconds)
        answer = confirm(client, code)

    assert answer["Location"] == "/accounts/login/"
    assert not is_logged_in(client)


def test_guessing_a_code_ends_after_five_attempts(client):
    sign_up(client)
    code = code_for("ada@example.org")
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"

    answers = [confirm(client, wrong).status_code for _ in range(5)]
    right = confirm(client, code)

    assert answers == [200, 200, 200, 200, 302]
    assert right["Location"] == "/accounts/login/"
    assert not is_logged_in(client)


def test_the_way_to_the_event_is_kept_through_sign_up_and_confirmation(client):
    sign_up(client, next="/events/2026/register/")

    answer = confirm(client, code_for("ada@example.org"))

    assert answer["Location"] == "/events/2026/register/"


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_way_never_leads_to_another_site(client, evil):
    sign_up(client, next=evil)

    answer = confirm(client, code_for("ada@example.org"))

    assert answer["Location"] == "/members/membership/"


@pytest.mark.parametrize(
    "name",
    ["Zoë O’Brien-Ó Súilleabháin", "李小龍", "محمد", "Ｎ", "می‌خواهم", "x" * 150, "J. R. R. 3rd", "<b>Bo</b>"],
)
def test_a_name_is_kept_as_they_write_it(client, name):
    sign_up(client, name=f"  {name} ")

    assert Member.objects.get().name == name


@pytest.mark.parametrize(
    "name", ["", " ", "a\nb", "a\x00b", "a\x1bb", "\u202egnp.exe", "x" * 151, "\u200b", "\u2028"]
)
def test_a_name_that_hides_something_is_refused_beside_the_field(client, name):
    answer = sign_up(client, name=name)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["name"]
    assert 'value="ada@example.org"' in answer.content.decode()
    assert not Member.objects.exists()


@pytest.mark.parametrize("password", ["short", "password123", "ada@example.org", "1234567890\x00"])
def test_a_weak_password_is_refused_beside_the_field(client, password):
    answer = sign_up(client, password1=password)

    assert list(answer.context["form"].errors) == ["password1"]
    assert not Member.objects.exists()
