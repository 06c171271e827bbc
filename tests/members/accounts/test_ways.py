"""No way through the account pages is a dead end, and each leads to where they were going."""

import pytest
from django.test import Client

from members.models import Member
from tests.markup import flat
from tests.members.accounts.signing_up import (
    PASSWORD,
    ada,
    code_for,
    confirm,
    log_in,
    log_in_by_code,
    notices,
    sign_up,
)

pytestmark = pytest.mark.django_db

TO = "/events/2026/register/"
NEXT = "?next=%2Fevents%2F2026%2Fregister%2F"
WRONG = "0000-0000"


def without_password() -> Member:
    """Ada as they came by import, or as the team left them: with no password."""
    member = ada()
    member.set_unusable_password()
    member.save()
    return member


# Where they were going


def test_a_code_in_place_of_the_password_leads_to_where_they_were_going(client):
    ada()

    asked = client.post("/accounts/login/code/", {"login": "ada@example.org", "password": "", "next": TO})
    answer = confirm(client, code_for("ada@example.org"), asked.url)

    assert (asked["Location"], answer["Location"]) == (f"/accounts/login/code/confirm/{NEXT}", TO)


def test_a_new_password_leads_to_where_they_were_going(client):
    ada()

    page = client.get(f"/accounts/login/?next={TO}").text
    asked = client.post("/accounts/password/reset/", {"email": "ada@example.org", "next": TO})
    confirmed = confirm(client, code_for("ada@example.org"), asked.url)
    answer = client.post(confirmed["Location"], {"password1": "four new green bottles", "next": TO})

    assert f'href="/accounts/password/reset/{NEXT}"' in page
    assert answer.url == TO


@pytest.mark.slow
@pytest.mark.parametrize("is_known", [True, False])
def test_a_code_of_a_sign_up_that_was_wrong_too_often_keeps_the_way(client, is_known):
    if is_known:
        ada()
    confirm_url = sign_up(client, next=TO)["Location"]

    for _ in range(5):
        answer = confirm(client, WRONG, confirm_url)

    assert answer["Location"] == f"/accounts/login/{NEXT}"


# Logging in


def test_the_code_is_one_press_from_the_log_in_page_and_takes_the_address_along(client):
    page = flat(client.get("/accounts/login/").text)

    empty = client.post("/accounts/login/code/", {"login": " ", "password": "", "next": TO})

    assert 'form="log-in" formaction="/accounts/login/code/"' in page
    assert empty.url == f"/accounts/login/code/{NEXT}"


def test_a_session_of_a_code_stays_only_where_the_box_was_ticked(client):
    ada()
    other = Client()

    log_in_by_code(client, remember="on")
    log_in_by_code(other)

    assert client.cookies["sessionid"]["max-age"] == 14 * 24 * 3600
    assert other.cookies["sessionid"]["max-age"] == ""


def test_a_wrong_code_with_the_box_ticked_keeps_it_ticked(client):
    client.post("/accounts/login/code/", {"email": "ada@example.org"})

    answer = confirm(client, WRONG, "/accounts/login/code/confirm/", remember="on")

    assert answer.context["form"]["remember"].value() is True


@pytest.mark.slow
def test_a_new_password_is_greeted_with_one_notice(client):
    ada()
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    confirm(client, code_for("ada@example.org"), "/accounts/password/reset/confirm/")

    answer = client.post(
        "/accounts/password/reset/complete/", {"password1": "four new green bottles"}, follow=True
    )

    assert notices(answer) == ["Your new password is saved. Hello Ada. You are logged in."]


def test_a_new_password_that_is_too_short_can_be_bettered(client):
    ada()
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    confirm(client, code_for("ada@example.org"), "/accounts/password/reset/confirm/")

    answer = client.post("/accounts/password/reset/complete/", {"password1": "short"})

    assert list(answer.context["form"].errors) == ["password1"]


# Without a password


def test_who_has_no_password_and_has_just_logged_in_changes_their_address(client):
    without_password()
    log_in_by_code(client)

    answer = client.post("/accounts/email/", {"email": "ada@new.example.org", "action_add": "1"})

    assert answer.url == "/accounts/confirm-email/"


@pytest.mark.slow
@pytest.mark.parametrize("page", ["/accounts/email/", "/accounts/password/set/"])
def test_who_has_no_password_is_led_to_log_in_anew_and_back(client, clock, page):
    without_password()
    log_in_by_code(client)
    clock.shift(16 * 60)

    asked = client.post(
        page, {"email": "x@example.org", "action_add": "1", "password1": PASSWORD}, follow=True
    )
    out = client.post("/accounts/logout/", {"next": f"/accounts/login/code/?next={page}"})
    client.post(out.url, {"email": "ada@example.org", "next": page})
    back = confirm(client, code_for("ada@example.org"), "/accounts/login/code/confirm/", next=page)

    assert asked.status_code == 200
    way = f"/accounts/login/code/?next={page.replace('/', '%2F')}"
    assert f'name="next" value="{way}"' in flat(asked.text)
    assert not Member.objects.get().has_usable_password()
    assert back["Location"] == page
    assert client.get(page).status_code == 200


def test_the_page_that_asks_who_it_is_is_open_to_who_has_no_password(client):
    client.force_login(without_password())

    answer = client.get("/accounts/reauthenticate/")

    assert answer.status_code == 200
    assert "You have no password" in flat(answer.text)
    assert "Need help?" in flat(answer.text)


# A change that is under way


def test_a_change_of_address_that_waits_for_its_code_says_so(client):
    ada()
    log_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": "ada@new.example.org", "action_add": "1"})

    page = client.get("/accounts/email/").text

    assert "We have emailed a code to ada@new.example.org" in page
    assert '<a class="btn btn-secondary" href="/accounts/confirm-email/">Type in the code</a>' in flat(page)


@pytest.mark.parametrize("name", ["محمد عبد الرحمن", "x" * 150])
def test_long_names_and_names_from_right_to_left_go_the_whole_way(client, name):
    sign_up(client, name=name)
    page = client.post("/accounts/confirm-email/", {"code": code_for("ada@example.org")}, follow=True)

    assert notices(page) == [f"Hello {name}. You are logged in."]
