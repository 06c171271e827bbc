"""What was signed with a key of before opens for as long as that key is a fallback, and not a day longer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from comments import following, forms
from comments.models import Follow
from comments.writing import guests
from members.accounts import known_browsers
from members.accounts.limits import Limit, TooMany, count
from members.interrupted_forms import saved_forms
from members.models import Member
from tests import make
from tests.comments.conversation import GWEN, says
from tests.contracts import people
from tests.make import NOW
from workshops.letters import calendar_feed

pytestmark = pytest.mark.django_db
NEW = "the key that is made when the one of before has been seen by somebody"
PROFILE = "/members/profile/"
ADDRESS = "ada@example.org"

Opens = Callable[[], bool]


@pytest.fixture
def ada() -> Member:
    return make.member("Ada", email=ADDRESS)


@pytest.fixture
def rotate(settings: Settings) -> Callable[..., None]:
    """Change the site's key; ``is_kept``: that of before is a fallback."""
    before = settings.SECRET_KEY

    def rotate(*, is_kept: bool) -> None:
        settings.SECRET_KEY = NEW
        settings.SECRET_KEY_FALLBACKS = [before] if is_kept else []

    return rotate


def answers(path: str) -> Opens:
    return lambda: Client().get(path).status_code == 200


def a_session(ada: Member) -> Opens:
    client = people.reader(ada)
    return lambda: client.get(PROFILE).status_code == 200


def a_guests_page(ada: Member) -> Opens:
    return answers(f"/comments/mine/{guests.token_of(says(make.post(), GWEN))}/")


def confirming_an_address(ada: Member) -> Opens:
    return answers(f"/comments/confirm/{guests.confirmation_token_of(says(make.post(), GWEN))}/")


def adding_to_an_account(ada: Member) -> Opens:
    token = guests.account_token_of(says(make.post(), GWEN))
    client = people.reader(ada)
    return lambda: client.get(f"/comments/add/{token}/").status_code == 200


def stopping_emails(ada: Member) -> Opens:
    says(make.post(), GWEN, follows=True)
    token = following.token_of(Follow.objects.get())
    return lambda: following.follow_of(token) is not None and answers(f"/comments/follow/{token}/")()


def their_calendar_looked_up(ada: Member) -> Opens:
    calendar_feed.make_address(ada, at=NOW)
    before = calendar_feed.address(ada)
    return lambda: calendar_feed.address(ada) == before != ""


def a_form_that_met_the_log_in(ada: Member) -> Opens:
    mark = saved_forms.mark_of(ada)
    return lambda: saved_forms.typist(mark) == ada


def a_comment_being_written(ada: Member) -> Opens:
    opened = forms.own_values(NOW)["opened"]
    return lambda: forms._took(opened, NOW + timedelta(minutes=1)) == timedelta(minutes=1)


def a_known_browser(ada: Member) -> Opens:
    first, asks = HttpResponse(), HttpRequest()
    known_browsers.remember(asks, first, ADDRESS)
    asks.COOKIES[known_browsers.COOKIE] = first.cookies[known_browsers.COOKIE].value
    return lambda: known_browsers.browser_of(asks).has_logged_in(ADDRESS)


KINDS = [
    a_session,
    a_guests_page,
    confirming_an_address,
    adding_to_an_account,
    stopping_emails,
    their_calendar_looked_up,
    a_form_that_met_the_log_in,
    a_comment_being_written,
    a_known_browser,
]


@pytest.mark.parametrize("kind", KINDS)
def test_it_opens_while_the_key_of_before_is_kept(kind, ada, rotate):
    opens = kind(ada)
    rotate(is_kept=True)

    assert opens()


@pytest.mark.parametrize("kind", KINDS)
def test_it_ends_with_the_key_that_made_it(kind, ada, rotate):
    opens = kind(ada)
    rotate(is_kept=False)

    assert not opens()


def test_a_session_that_is_used_meanwhile_goes_over_to_the_new_key(ada, rotate):
    opens = a_session(ada)
    rotate(is_kept=True)
    opens()
    rotate(is_kept=False)

    assert opens()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_after_a_rotation_outlives_the_key_of_before(kind, ada, rotate):
    rotate(is_kept=True)
    opens = kind(ada)
    rotate(is_kept=False)

    assert opens()


@pytest.mark.parametrize("is_kept", [True, False])
def test_addresses_found_by_what_the_database_holds_need_no_key(ada, rotate, is_kept):
    calendar_feed.make_address(ada, at=NOW)
    calendar, post = calendar_feed.address(ada), make.post(status="draft", published_at=None)
    rotate(is_kept=is_kept)

    found = [Client().get(path).status_code for path in (calendar, f"/blog/preview/{post.preview_token}/")]

    assert found == [200, 200]


def test_a_browser_that_was_known_is_not_known_twice(ada, rotate):
    first, second, asks = HttpResponse(), HttpResponse(), HttpRequest()
    known_browsers.remember(asks, first, ADDRESS)
    asks.COOKIES[known_browsers.COOKIE] = first.cookies[known_browsers.COOKIE].value
    rotate(is_kept=True)

    known_browsers.remember(asks, second, ADDRESS)

    asks.COOKIES[known_browsers.COOKIE] = second.cookies[known_browsers.COOKIE].value
    assert len(known_browsers.browser_of(asks).knows) == 1


def test_a_rotation_gives_a_guesser_no_new_attempts(rotate):
    guess: Any = Limit("guess", 3, timedelta(hours=1)).of(ADDRESS)
    for _ in range(3):
        count([guess], at=NOW)
    rotate(is_kept=True)

    with pytest.raises(TooMany):
        count([guess], at=NOW)
    count([guess], at=NOW + timedelta(hours=1))
