"""The pages around an account, as they look: valid, titled, in the site's words, with a way on."""

from typing import Any

import html5lib
import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client

from members.models import SiteSettings
from notifications.models import Message
from tests import letters, make
from tests.markup import flat

pytestmark = pytest.mark.django_db

SIGN_UP = {"name": "Ada", "email": "ada@example.org", "password1": "three words and more"}
FOR_EVERYBODY = {
    "/accounts/login/": "Log in",
    "/accounts/signup/": "Create an account",
    "/accounts/login/code/": "Log in with a code",
    "/accounts/password/reset/": "Choose a new password",
    "/accounts/inactive/": "This account is closed",
}
FOR_WHO_IS_LOGGED_IN = {
    "/accounts/password/change/": "Change your password",
    "/accounts/email/": "Change your email address",
    "/accounts/logout/": "Log out",
}


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    cache.clear()


@pytest.fixture
def ada(client: Client) -> Client:
    """A browser in which Ada is logged in, a moment ago."""
    person = make.member("Ada", email="ada@example.org", password="three words and more")
    client.post("/accounts/login/", {"login": person.email, "password": "three words and more"})
    return client


def read(page: str) -> Any:
    """Parse a page, refusing what is not valid HTML."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def headings(tree: Any) -> list[str]:
    return [words(heading) for heading in tree.iter("h1")]


@pytest.mark.parametrize(("address", "heading"), FOR_EVERYBODY.items())
def test_a_page_has_one_heading_that_is_its_title(client: Client, address: str, heading: str) -> None:
    tree = read(client.get(address).text)

    assert headings(tree) == [heading]
    assert words(next(tree.iter("title"))) == f"{heading} - Q community"


@pytest.mark.parametrize(("address", "heading"), FOR_WHO_IS_LOGGED_IN.items())
def test_a_page_of_ones_own_account_has_one_heading_too(ada: Client, address: str, heading: str) -> None:
    ada.get("/")  # which greets whoever has just logged in

    tree = read(ada.get(address).text)

    assert headings(tree) == [heading]
    assert words(next(tree.iter("title"))) == f"{heading} - Q community"


def test_a_page_carries_the_community_s_name_and_not_the_address_of_the_machine(client: Client) -> None:
    SiteSettings(pk=1, name="Improvers").save()

    page = client.get("/accounts/login/").text

    assert "<title>Log in - Improvers</title>" in flat(page)
    assert "testserver" not in page


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_a_form_that_was_refused_says_so_in_the_title_and_on_top(client: Client, address: str) -> None:
    tree = read(client.post(address, {}).text)

    assert words(next(tree.iter("title"))).startswith("Error: ")
    assert next(words(h2) for h2 in tree.iter("h2")) == "There is a problem"


def test_a_wrong_password_keeps_the_address_and_offers_the_code(client: Client) -> None:
    make.member("Ada", email="ada@example.org", password="three words and more")

    page = client.post("/accounts/login/", {"login": "ada@example.org", "password": "wrong"}).text

    read(page)
    assert 'value="ada@example.org"' in page
    assert "Email me a code" in page


def test_keep_me_logged_in_is_not_ticked(client: Client) -> None:
    tree = read(client.get("/accounts/login/").text)

    ticked = [box.get("name") for box in tree.iter("input") if box.get("checked") is not None]

    assert ticked == []


def test_where_one_was_going_survives_the_way_between_log_in_and_sign_up(client: Client) -> None:
    page = client.get("/accounts/login/?next=/events/").text

    assert 'href="/accounts/signup/?next=%2Fevents%2F"' in page
    assert '<input type="hidden" name="next" value="/events/"' in flat(page)


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_the_head_of_the_page_keeps_where_one_was_going_as_well(client: Client, address: str) -> None:
    tree = read(client.get(f"{address}?next=/events/%3Fq%3Da%26b").text)

    head = [link.get("href") for link in next(tree.iter("header")).iter("a")][-2:]
    going = "?next=%2Fevents%2F%3Fq%3Da%26b"
    assert head == [f"/accounts/login/{going}", f"/accounts/signup/{going}"]


@pytest.mark.parametrize(("is_staff", "shown"), [(True, ["Events", "Admin"]), (False, ["Events"])])
def test_the_way_to_the_admin_is_shown_to_staff_only(
    client: Client, is_staff: bool, shown: list[str]
) -> None:
    client.force_login(make.member("Tess", is_staff=is_staff))

    tree = read(client.get("/contact/").text)

    links = [words(link) for link in next(tree.iter("header")).iter("a")]
    assert [link for link in links if link in ("Events", "Admin")] == shown


def test_where_the_code_went_is_said_once_and_a_new_one_is_told(client: Client) -> None:
    first = client.post("/accounts/signup/", SIGN_UP, follow=True)
    again = client.post("/accounts/confirm-email/", {"action": "resend"}, follow=True)

    assert notices(first) == []
    assert notices(again) == ["We have emailed a new code to ada@example.org."]


def test_who_confirms_an_address_is_greeted_with_one_notice(client: Client) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    code = letters.code_in(Message.objects.latest("id"))

    page = client.post("/accounts/confirm-email/", {"code": code}, follow=True)

    assert notices(page) == ["Hello Ada. You are logged in."]


@pytest.mark.slow
def test_who_is_asked_for_a_forgotten_password_chooses_another_and_goes_on(ada: Client) -> None:
    wanted = "?next=%2Faccounts%2Femail%2F"
    page = ada.get(f"/accounts/reauthenticate/{wanted}").text

    ada.post("/accounts/password/reset/", {"email": "ada@example.org"})
    code = letters.code_in(Message.objects.latest("id"))
    asked = ada.post(f"/accounts/password/reset/confirm/{wanted}", {"code": code})
    done = ada.post(asked["Location"], {"password1": "four new green bottles", "next": "/accounts/email/"})
    ada.post("/accounts/reauthenticate/", {"password": "four new green bottles"})
    change = ada.post("/accounts/email/", {"email": "ada@new.example.org", "action_add": "1"})

    assert f'href="/accounts/password/reset/{wanted}"' in page
    assert (done["Location"], change["Location"]) == ("/accounts/email/", "/accounts/confirm-email/")


def notices(answer: Any) -> list[str]:
    """What the notices on top of a page say."""
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize(
    ("first", "answers", "heading"),
    [
        (
            "/accounts/signup/",
            {"name": "Ada", "email": "ada@example.org", "password1": "three words and more"},
            "Confirm your email address",
        ),
        ("/accounts/login/code/", {"email": "ada@example.org"}, "Type in your code"),
        ("/accounts/password/reset/", {"email": "ada@example.org"}, "Type in your code"),
    ],
)
def test_a_page_that_asks_for_a_code_says_where_it_went_and_what_if_it_does_not_come(
    client: Client, first: str, answers: dict[str, str], heading: str
) -> None:
    page = client.post(first, answers, follow=True).text
    tree = read(page)

    assert headings(tree) == [heading]
    assert "<strong>ada@example.org</strong>" in flat(page)
    assert "Look in your junk folder as well." in page
    code = next(box for box in tree.iter("input") if box.get("name") == "code")
    assert code.get("autocomplete") == "one-time-code"


def test_a_wrong_code_is_answered_on_the_same_page(client: Client) -> None:
    client.post("/accounts/login/code/", {"email": "ada@example.org"})

    page = client.post("/accounts/login/code/confirm/", {"code": "00000000"}, follow=True).text

    read(page)
    assert "There is a problem" in page


def test_log_out_is_one_press_and_says_so(ada: Client) -> None:
    page = ada.post("/accounts/logout/", follow=True).text

    assert "You are logged out." in page
    assert "Log out</button>" not in page


@pytest.mark.parametrize(
    "template",
    [
        "password_reset_done",
        "password_reset_from_key_done",
        "signup_closed",
        "verification_sent",
        "verified_email_required",
        "email_confirm",
    ],
)
def test_pages_that_other_settings_would_show_are_in_our_words_as_well(template: str) -> None:
    page = render_to_string(f"account/{template}.html", {"login_url": "/accounts/login/"})

    assert len(headings(read(page))) == 1
    assert "Sign" not in page


def test_a_link_that_was_used_before_leads_to_a_new_one() -> None:
    page = render_to_string("account/password_reset_from_key.html", {"token_fail": True})

    assert headings(read(page)) == ["This link no longer works"]
    assert 'href="/accounts/password/reset/"' in page
