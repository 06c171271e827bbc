"""The pages that wait for a code: what they say when it ends, and the ways on while it is awaited."""

import pytest

from tests.markup import flat
from tests.members.accounts.signing_up import (
    PASSWORD,
    ada,
    code_for,
    confirm,
    is_logged_in,
    kinds_for,
    log_in,
    log_in_by_code,
    notices,
    sign_up,
)

pytestmark = pytest.mark.django_db

TO = "/events/2026/register/"
NEXT = "?next=%2Fevents%2F2026%2Fregister%2F"
CODE_PAGES = {
    "log in": ("/accounts/login/code/", "/accounts/login/code/confirm/", "/accounts/login/code/"),
    "new password": (
        "/accounts/password/reset/",
        "/accounts/password/reset/confirm/",
        "/accounts/password/reset/",
    ),
}
WRONG = "0000-0000"


# Codes that end


@pytest.mark.slow
@pytest.mark.parametrize("way", CODE_PAGES)
def test_a_code_that_was_wrong_too_often_ends_where_a_new_one_is_asked_for(client, way):
    ada()
    begin, page, end = CODE_PAGES[way]
    client.post(begin, {"email": "ada@example.org"})

    for _ in range(4):
        confirm(client, WRONG, page)
    answer = client.post(f"{page}?next={TO}", {"code": WRONG}, follow=True)

    assert answer.redirect_chain == [(f"{end}{NEXT}", 302)]
    assert notices(answer) == [
        "The code was wrong five times, so it no longer works. Ask for a new one here."
    ]


@pytest.mark.parametrize("way", CODE_PAGES)
def test_a_code_that_came_too_late_ends_where_a_new_one_is_asked_for(client, clock, way):
    ada()
    begin, page, end = CODE_PAGES[way]
    client.post(begin, {"email": "ada@example.org"})
    clock.shift(901)

    answer = client.post(page, {"code": code_for("ada@example.org"), "next": TO}, follow=True)

    assert answer.redirect_chain == [(f"{end}{NEXT}", 302)]
    assert notices(answer) == [
        "That code was more than 15 minutes old, so it no longer works. Ask for a new one here."
    ]


def test_a_code_of_a_sign_up_that_came_too_late_says_how_to_get_another(client, clock):
    sign_up(client)
    clock.shift(901)

    answer = client.post("/accounts/confirm-email/", {"code": code_for("ada@example.org")}, follow=True)
    log_in(client)

    assert notices(answer) == [
        "That code was more than 15 minutes old, so it no longer works. Log in, and we email you a new one."
    ]
    assert kinds_for("ada@example.org") == ["confirm-address"] * 2


@pytest.mark.slow
def test_a_new_address_whose_code_was_wrong_too_often_can_be_entered_again(client):
    ada()
    log_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": "ada@new.example.org", "action_add": "1"})

    for _ in range(5):
        answer = client.post("/accounts/confirm-email/", {"code": WRONG}, follow=True)

    assert answer.redirect_chain == [("/accounts/email/", 302)]
    assert notices(answer) == [
        "The code was wrong five times, so it no longer works. "
        "Enter the new address again, and we email you a new one."
    ]


def test_whoever_opens_the_page_of_a_code_without_one_is_told_nothing_that_did_not_happen(client):
    answer = client.get("/accounts/login/code/confirm/", follow=True)

    assert answer.redirect_chain == [("/accounts/login/code/", 302)]
    assert notices(answer) == []


# While a code is awaited


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/login/code/", "/accounts/signup/"])
def test_while_a_code_is_awaited_they_can_begin_anew_and_find_back(client, page, is_known):
    if is_known:
        ada()
    sign_up(client)

    answer = client.get(page)

    assert answer.status_code == 200
    assert '<a href="/accounts/confirm-email/">Type it in</a>' in flat(answer.text)


def test_who_signed_up_with_an_address_that_has_an_account_logs_in_by_code_at_once(client):
    ada()
    sign_up(client, name="Ada")

    answer = log_in_by_code(client)

    assert answer["Location"] == "/"
    assert is_logged_in(client)


@pytest.mark.slow
def test_another_address_can_be_used_for_a_sign_up(client):
    confirm_url = sign_up(client, email="adda@example.org", next=TO)["Location"]

    page = client.get(confirm_url).text
    sign_up(client, next=TO)
    answer = confirm(client, code_for("ada@example.org"))

    assert f'<a href="/accounts/signup/{NEXT}">Use another address</a>' in flat(page)
    assert answer["Location"] == TO


@pytest.mark.slow
def test_the_code_page_says_when_no_more_codes_are_sent(client):
    sign_up(client)

    pages = [client.post("/accounts/confirm-email/", {"action": "resend"}, follow=True) for _ in range(3)]

    assert "Email me a new code" in flat(pages[1].text)
    assert "Email me a new code" not in pages[2].text
    assert "each works for 15 minutes" in flat(pages[2].text)


def test_a_new_code_for_a_new_password_is_one_press(client):
    ada()
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    first = code_for("ada@example.org")

    page = client.get("/accounts/password/reset/confirm/").text
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    answer = confirm(client, first, "/accounts/password/reset/confirm/")

    assert '<input type="hidden" name="email" value="ada@example.org">' in flat(page)
    assert answer["Location"] == "/accounts/password/reset/complete/"


@pytest.mark.slow
def test_one_address_that_has_had_its_codes_is_told_where_they_are(client):
    for _ in range(5):
        client.post("/accounts/login/code/", {"email": "ada@example.org"})

    answer = client.post("/accounts/login/code/", {"email": "ada@example.org"})

    assert answer.context["form"].errors == {
        "email": [
            "We have sent several emails to this address. Look in your junk folder. "
            "You can ask again in five minutes."
        ]
    }
