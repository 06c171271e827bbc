"""Where somebody is logged in: listed with words that they know, ended one by one, and by nobody else."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from members.accounts import browser_kinds
from members.models import LogIn, Member
from tests import make, second_step
from tests.contracts import people
from tests.members.accounts.signing_up import PASSWORD, code_for, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PAGE, PROFILE = "/accounts/logged-in/", "/members/profile/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.6 Mobile/15E148 Safari/604.1"
)
CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"


@pytest.fixture
def ada() -> Member:
    return make.member("Ada", email="ada@example.org", password=PASSWORD)


def browser(said: str) -> Client:
    """A browser in which Ada has logged in."""
    client = Client(headers={"User-Agent": said})
    log_in(client)
    return client


def end(client: Client, log_in: LogIn):
    return client.post(f"{PAGE}{log_in.pk}/end/", follow=True)


def at(client: Client) -> LogIn:
    return LogIn.objects.get(session=client.cookies["sessionid"].value)


def is_in(client: Client) -> bool:
    return client.get(PROFILE).status_code == 200


def test_each_browser_is_named_and_one_is_logged_out_from_another(ada, clock):
    ward, phone = browser(WINDOWS), browser(IPHONE)

    before = phone.get(PAGE)
    said = end(phone, at(ward))
    refused = ward.get(PROFILE)

    assert [str(one.kind) for one in (*before.context["here"], *before.context["others"])] == [
        "Safari on iPhone",
        "Firefox on Windows",
    ]
    assert "This browser" in before.text
    assert "You are logged out there." in said.text
    assert (said.context["others"], refused["Location"]) == ([], f"/accounts/login/?next={PROFILE}")
    assert is_in(phone)
    assert list(Session.objects.values_list("pk", flat=True)) == [phone.cookies["sessionid"].value]


def test_the_browser_in_use_has_no_such_button(ada):
    here = browser(WINDOWS)

    page, said = here.get(PAGE), end(here, at(here))

    assert "Log out there" not in page.text
    assert "That browser was logged out already." in said.text
    assert is_in(here)


def test_nobody_ends_what_is_another_s(ada):
    ward, mallory = browser(WINDOWS), people.reader(make.member("Mallory"))

    said = end(mallory, at(ward))

    assert "That browser was logged out already." in said.text
    assert is_in(ward)


def test_a_get_ends_nothing_and_a_visitor_is_asked_to_log_in(ada):
    ward, phone = browser(WINDOWS), browser(IPHONE)
    path = f"{PAGE}{at(ward).pk}/end/"

    statuses = [phone.get(path).status_code, Client().get(PAGE).status_code, Client().post(path).status_code]

    assert statuses == [405, 302, 302]
    assert is_in(ward)


def test_no_key_of_a_session_is_in_the_page(ada):
    ward, phone = browser(WINDOWS), browser(IPHONE)

    page = phone.get(PAGE).text

    assert not [one for one in (ward, phone) if one.cookies["sessionid"].value in page]


def test_a_session_that_gets_another_key_stays_listed(ada):
    ada.is_staff = True
    ada.save()
    second_step.app_of(ada)
    ward, phone = browser(WINDOWS), browser(IPHONE)
    before = at(ward)

    ward.post("/accounts/second-step/give/", {"code": second_step.code(before.began_at)})
    after = at(ward)
    end(phone, after)

    assert (after.pk, after.session_id == before.session_id) == (before.pk, False)
    assert not is_in(ward)


def test_who_logs_in_where_another_was_is_listed_and_the_other_is_not(ada):
    client = people.reader(make.member("Bo"))

    client.force_login(ada)

    assert [one.member for one in LogIn.objects.all()] == [ada]


@pytest.mark.parametrize("path", ["/accounts/logout/", "/accounts/logout/everywhere/"])
def test_logging_out_takes_it_off_the_list(ada, path):
    browser(WINDOWS).post(path)

    assert not LogIn.objects.filter(session=None).exists()
    assert LogIn.objects.count() == 0


def test_what_has_ended_by_itself_is_not_listed(ada, clock):
    browser(WINDOWS)
    clock.shift(timedelta(days=15))

    page = browser(IPHONE).get(PAGE)

    assert page.context["others"] == []


def test_what_another_password_has_ended_is_not_listed(ada):
    browser(WINDOWS)
    phone = browser(IPHONE)

    phone.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "four new green bottles"})
    page = phone.get(PAGE)

    assert [str(one.kind) for one in page.context["here"]] == ["Safari on iPhone"]
    assert page.context["others"] == []
    assert Session.objects.count() == 1


def test_what_an_address_brought_back_has_ended_is_not_listed(ada):
    browser(WINDOWS)
    ada.set_unusable_password()
    ada.save()

    page = people.reader(ada).get(PAGE)

    assert (len(page.context["here"]), page.context["others"]) == (1, [])


def test_a_new_password_by_mail_ends_where_they_were_logged_in(ada):
    ward = browser(WINDOWS)
    elsewhere = Client()
    elsewhere.post("/accounts/password/reset/", {"email": ada.email})
    elsewhere.post("/accounts/password/reset/confirm/", {"code": code_for(ada.email)})

    elsewhere.post("/accounts/password/reset/complete/", {"password1": "four new green bottles"})

    assert is_in(elsewhere)
    assert not Session.objects.filter(pk=ward.cookies["sessionid"].value).exists()


def test_what_was_begun_under_a_key_of_before_is_listed(ada, settings):
    browser(WINDOWS)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 8, [settings.SECRET_KEY]

    page = browser(IPHONE).get(PAGE)

    assert [str(one.kind) for one in page.context["others"]] == ["Firefox on Windows"]


@pytest.mark.parametrize("number", [1, 30])
def test_one_and_thirty_are_listed_with_the_same_queries(ada, number, django_assert_num_queries):
    for _ in range(number):
        people.reader(ada)
    client = people.reader(ada)
    client.get(PAGE)

    with django_assert_num_queries(4):
        page = client.get(PAGE)

    assert len(page.context["others"]) == number


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (WINDOWS, ("Firefox", "Windows")),
        (IPHONE, ("Safari", "iPhone")),
        (IPHONE.replace("Version/18.6", "CriOS/142.0"), ("Chrome", "iPhone")),
        (IPHONE.replace("iPhone;", "iPad;").replace("Version/18.6", "FxiOS/145.0"), ("Firefox", "iPad")),
        (CHROME.format("Macintosh; Intel Mac OS X 10_15_7"), ("Chrome", "Mac")),
        (CHROME.format("Windows NT 10.0") + " Edg/142.0.0.0", ("Edge", "Windows")),
        (CHROME.format("Windows NT 10.0") + " OPR/124.0.0.0", ("Opera", "Windows")),
        (CHROME.format("X11; CrOS x86_64 14541.0.0"), ("Chrome", "ChromeOS")),
        (CHROME.format("Linux; Android 10; K").replace(" Chrome/", " SamsungBrowser/28.0 Chrome/"),
         ("Samsung Internet", "Android")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", ("Firefox", "Linux")),
        ("Lynx/2.9.2 libwww-FM/2.14", ("", "")),
        ("", ("", "")),
        ("x" * 100_000, ("", "")),
    ],
)  # fmt: skip
def test_a_browser_is_known_by_what_it_says(said, named):
    assert browser_kinds.named(said) == named
    assert all(len(word) <= 30 for word in named)
