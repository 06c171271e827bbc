"""What no browser sends: every request gets an answer, and none of them is an error."""

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from qevent.wsgi import as_utf8
from tests import make
from tests.contracts import people

pytestmark = pytest.mark.django_db


def test_a_session_cookie_with_a_nul_names_no_session():
    client = people.reader()

    answer = client.get("/", headers={"cookie": r'sessionid="aaaaaaaaaaaaaaaa\000"'})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "claim", ["charset=hex", 'CHARSET="rot13"', "\xa0charset*=utf-8''base64", "charset=%"]
)
def test_an_encoding_that_is_none_of_text_is_not_believed(claim):
    environ = RequestFactory().get("/events/?q=%41").environ
    environ["CONTENT_TYPE"] = f"application/x-www-form-urlencoded; {claim}"
    asked = as_utf8(lambda environ, start_response: [WSGIRequest(environ).GET["q"].encode()])

    answer = asked(environ, lambda status, headers: None)

    assert answer == [b"A"]


@pytest.mark.parametrize(
    "path", ["/%00", "/events/%00/", "/events/?q=%00", "/accounts/login/?next=%00", "/calendar/%00.ics"]
)
def test_an_address_with_a_nul_is_refused(path):
    client = people.reader()

    answer = client.get(path)

    assert answer.status_code == 400


def test_another_host_is_refused():
    client = people.reader()

    answer = client.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": r'csrftoken="\000"; messages="\000:x"; sessionid=💥'.encode().decode("latin-1")},
        {"if-none-match": '"\x01', "if-modified-since": "Foo, 99 Foo 99999 99:99:99 GMT"},
        {"hx-request": "true", "hx-current-url": "http://[::", "hx-target": "%ff", "hx-trigger": "\x7f"},
        {"x-forwarded-for": "not an address, <script>", "x-forwarded-host": "evil.example"},
        {"accept-language": "x" * 5000, "accept": "*", "user-agent": "\x01"},
    ],
)
def test_headers_of_any_kind_are_answered(headers):
    event = make.event(slug="2026")
    client = people.reader()

    answers = [client.get(path, headers=headers) for path in ("/", event.get_absolute_url(), "/contact/")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]


@pytest.mark.parametrize(
    "query", ["page=-1", "page=9" * 500, "theme=%FF", "q=" + "a" * 5000, "q=%ED%A0%80", "day=²", "places[]=1"]
)
def test_the_programme_answers_whatever_is_asked(query):
    event = make.event(slug="2026")
    make.session(event)
    client = people.reader()

    answer = client.get(f"/events/2026/programme/?{query}")

    assert answer.status_code == 200


@pytest.mark.slow
def test_a_body_that_is_too_large_or_has_too_many_fields_is_refused():
    client = people.reader(make.member())

    answers = [
        client.post("/members/profile/", {"name": "a" * 3_000_000}),
        client.post("/members/profile/", {f"field{number}": "a" for number in range(1100)}),
    ]

    assert [answer.status_code for answer in answers] == [400, 400]


@pytest.mark.parametrize(
    "after",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "/\t/evil.example",
        "///evil.example",
        "http:evil.example",
        " //evil.example",
        "\x08//evil.example",
        "javascript:alert(1)",
        "//[::",
        "//localhost@evil.example",
        "/ok/" + "a" * 5000,
    ],
)
def test_logging_in_never_leads_off_the_site(after):
    member = make.member(password=people.PASSWORD)
    client = people.reader()

    answer = client.post(
        "/accounts/login/", {"login": member.email, "password": people.PASSWORD, "next": after}
    )

    assert answer.status_code in (302, 400)
    assert answer.headers.get("Location", "/").startswith("/")
    assert not answer.headers.get("Location", "/").startswith(("//", "/\\", "/\t"))


@pytest.mark.parametrize(
    "after", ["//evil.example", "/\\evil.example", "https://evil.example", "//[::", "evil"]
)
def test_booking_never_leads_off_the_site(after):
    event = make.event(slug="2026")
    session = make.workshop(event, slug="flow")
    registration = make.registration(event, make.member())
    client = people.reader(registration.member)

    answer = client.post("/events/2026/agenda/flow/book/", {"next": after})

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/events/2026/agenda/#booking-{session.pk}"
