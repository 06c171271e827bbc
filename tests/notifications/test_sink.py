"""The demo's mail: kept in files, read in the browser, on this machine only."""

from email import message_from_bytes
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from notifications import mime, sink
from notifications.outbox import Attachment, Letter
from notifications.transport import Carrier
from tests.markup import flat

ICS = Attachment("invite.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; method=REQUEST")


@pytest.fixture(autouse=True)
def _sink(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "notifications.sink.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.DEMO = True


@pytest.fixture
def client(db: None) -> Client:
    """A browser on this machine."""
    return Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")


def send(subject: str = "Hello", **fields: object) -> str:
    """Send a letter to the sink; return its name there."""
    given = {
        "to": "Ada <ada@example.org>",
        "from_email": "events@example.org",
        "text": "Hello https://x.org/",
    }
    letter = Letter(**(given | {"subject": subject} | fields))  # type: ignore[arg-type]
    with Carrier() as carrier:
        carrier.send(mime.build(letter, message_id="<1@example.org>"))
    return sink.names()[0]


def test_an_email_is_kept_whole(tmp_path: Path) -> None:
    name = send(html="<p>Hello</p>", attachments=(ICS,))

    file = tmp_path / "mail" / f"{name}.eml"
    found = sink.load(name)
    assert message_from_bytes(file.read_bytes())["Message-ID"] == "<1@example.org>"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert found is not None
    assert (found.to, found.sender, found.subject) == ("Ada <ada@example.org>", "events@example.org", "Hello")
    assert (found.text.strip(), found.html.strip()) == ("Hello https://x.org/", "<p>Hello</p>")
    assert [(one.number, one.filename, one.mimetype) for one in found.files] == [
        (1, "invite.ics", 'text/calendar; method="REQUEST"; name="invite.ics"; charset="utf-8"'),
        (2, "invite.ics", "application/ics"),
    ]
    assert [one.content for one in found.files] == [ICS.content, ICS.content]


def test_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sink, "MAX_KEPT", 2)
    names = [send(str(number)) for number in range(3)]

    assert sink.names() == [names[2], names[1]]


def test_an_empty_sink_says_so(client: Client) -> None:
    response = client.get(reverse("notifications:mail"))

    assert response.status_code == 200
    assert "No emails yet" in flat(response.content.decode())


def test_the_list_shows_the_newest_first(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for subject in ("First", "Second"):
        send(subject)

    page = client.get(reverse("notifications:mail")).content.decode()

    assert page.index("Second") < page.index("First")
    assert "Ada &lt;ada@example.org&gt;" in page


def test_an_email_is_shown_with_headers_text_html_and_files(client: Client) -> None:
    name = send(html="<p>Hello</p>", attachments=(ICS,))

    page = client.get(reverse("notifications:email", args=[name])).content.decode()

    assert "&lt;1@example.org&gt;" in page
    assert '<a href="https://x.org/" rel="nofollow">https://x.org/</a>' in flat(page)
    assert f'src="{reverse("notifications:email_html", args=[name])}"' in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert reverse("notifications:email_file", args=[name, 2]) in page


def test_the_html_of_an_email_can_do_nothing_but_be_read(client: Client) -> None:
    name = send(html='<p>Hello</p><script>alert(1)</script><a href="https://x.org">x</a>')

    response = client.get(reverse("notifications:email_html", args=[name]))

    assert response["Content-Security-Policy"] == (
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
    )
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert '<a target="_blank" rel="noopener" href="https://x.org">' in flat(response.content.decode())


def test_a_file_is_a_download(client: Client) -> None:
    name = send(attachments=(Attachment('a"b/ü.html', b"<script>", "text/html"),))

    response = client.get(reverse("notifications:email_file", args=[name, 1]))

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="a_b__.html"'
    assert response.content == b"<script>"


@pytest.mark.parametrize("name", ["nothing", "00000000000000000001-00000000", "..", "%2e%2e"])
def test_what_is_not_there_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/mail/{name}/").status_code == 404
    assert client.get(f"/mail/{name}/html/").status_code == 404
    assert client.get(f"/mail/{name}/files/1/").status_code == 404


def test_an_email_has_only_its_own_files(client: Client) -> None:
    assert client.get(reverse("notifications:email_file", args=[send(), 1])).status_code == 404


def addresses() -> list[str]:
    name = send(attachments=(ICS,))
    return [
        reverse("notifications:mail"),
        reverse("notifications:email", args=[name]),
        reverse("notifications:email_html", args=[name]),
        reverse("notifications:email_file", args=[name, 1]),
    ]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 200),
        ({"SERVER_NAME": "127.0.0.1"}, 200),
        ({"SERVER_NAME": "[::1]", "REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "192.0.2.1"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        ({"SERVER_NAME": "events.example.org"}, 404),
        ({"SERVER_NAME": "localhost.example.org"}, 404),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.1"}, 404),
        ({"HTTP_FORWARDED": "for=192.0.2.1"}, 404),
        ({"HTTP_X_FORWARDED_HOST": "events.example.org"}, 404),
        ({"HTTP_X_FORWARDED_PROTO": "https"}, 404),
    ],
)
def test_mail_is_shown_on_this_machine_only(
    db: None, settings: Settings, asked: dict[str, str], status: int
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    browser = Client(**({"SERVER_NAME": "localhost", "REMOTE_ADDR": "127.0.0.1"} | asked))  # type: ignore[arg-type]

    assert [browser.get(address).status_code for address in addresses()] == [status] * 4


def test_mail_is_shown_in_the_demo_only(client: Client, settings: Settings) -> None:
    found = addresses()
    settings.DEMO = False

    assert [client.get(address).status_code for address in found] == [404] * 4


def test_mail_is_only_read(client: Client) -> None:
    assert [client.post(address).status_code for address in addresses()] == [405] * 4


def test_mail_is_not_kept_by_browsers(client: Client) -> None:
    for address in addresses():
        assert "no-store" in client.get(address)["Cache-Control"]
