"""An email as it leaves: headers of an automatic message, calendars where clients look, no injection."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import Message as Mime

import pytest
from django.core.mail import EmailMultiAlternatives, SafeMIMEMultipart
from pytest_django import Settings

from notifications import mime
from notifications.mime import BadLetter
from notifications.outbox import Attachment, Letter

ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Überblick\r\nEND:VCALENDAR\r\n".encode()
INVITATION = Attachment("invite.ics", ICS, "text/calendar; method=REQUEST; charset=utf-8")
OTHER = Attachment("other.ics", ICS, "text/calendar; method=CANCEL")


def letter(**fields: object) -> Letter:
    given = {"to": "Ada <ada@example.org>", "subject": "Hello", "text": "Hello, Ada", "html": "<p>Hello</p>"}
    return Letter(**(given | fields))  # type: ignore[arg-type]


def built(**fields: object) -> EmailMultiAlternatives:
    return mime.build(letter(**fields), message_id="<1@example.org>")


def shape(part: Mime) -> object:
    """The types of an email's parts, nested as they are."""
    if part.is_multipart():
        return part.get_content_type(), [shape(one) for one in part.get_payload() if isinstance(one, Mime)]
    return part.get_content_type()


def parts(email: EmailMultiAlternatives, kind: str) -> list[Mime]:
    return [part for part in email.message().walk() if part.get_content_type() == kind]


def test_an_email_says_that_no_person_wrote_it(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "events@example.org"

    headers = dict(built(reply_to="Team <team@example.org>").message().items())

    assert headers.pop("Date")
    assert headers.pop("Content-Type").startswith("multipart/alternative")
    assert headers == {
        "MIME-Version": "1.0",
        "From": "events@example.org",
        "To": "Ada <ada@example.org>",
        "Reply-To": "Team <team@example.org>",
        "Subject": "Hello",
        "Message-ID": "<1@example.org>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def test_a_letter_brings_its_own_way_to_unsubscribe() -> None:
    headers = {"List-Unsubscribe": "<https://example.org/u/1/>"}

    email = built(headers=headers)

    assert email.message()["List-Unsubscribe"] == "<https://example.org/u/1/>"
    assert built().message()["List-Unsubscribe"] is None


def test_text_and_html_are_alternatives() -> None:
    assert shape(built().message()) == ("multipart/alternative", ["text/plain", "text/html"])
    assert shape(built(html="").message()) == "text/plain"


def test_one_invitation_is_an_alternative_and_a_file() -> None:
    email = built(attachments=(INVITATION,))

    assert shape(email.message()) == (
        "multipart/mixed",
        [("multipart/alternative", ["text/plain", "text/html", "text/calendar"]), "application/ics"],
    )
    [calendar], [file] = parts(email, "text/calendar"), parts(email, "application/ics")
    assert calendar["Content-Type"] == 'text/calendar; method="REQUEST"; name="invite.ics"; charset="utf-8"'
    assert (calendar["Content-Disposition"], calendar.get_filename()) == (None, "invite.ics")
    assert calendar.get_payload(decode=True) == ICS
    assert file["Content-Disposition"] == 'attachment; filename="invite.ics"'
    assert file.get_payload(decode=True) == ICS


def test_an_invitation_leaves_with_the_line_ends_that_calendars_demand() -> None:
    message: object = built(attachments=(INVITATION,)).message()

    assert isinstance(message, SafeMIMEMultipart)
    assert ICS in message.as_bytes(linesep="\r\n")


@pytest.mark.parametrize("attachments", [(INVITATION, OTHER), (INVITATION, OTHER, OTHER)])
def test_no_program_takes_one_of_several_calendars_for_the_invitation(
    attachments: tuple[Attachment, ...],
) -> None:
    email = built(attachments=attachments)

    files = ["application/ics"] * len(attachments)
    assert shape(email.message()) == (
        "multipart/mixed",
        [("multipart/alternative", ["text/plain", "text/html"]), *files],
    )
    names = [part.get_filename() for part in parts(email, "application/ics")]
    assert names == [attachment.filename for attachment in attachments]


def test_a_calendar_that_invites_to_nothing_is_a_file_only() -> None:
    email = built(attachments=(Attachment("agenda.ics", ICS, "text/calendar"),))

    [calendar] = parts(email, "application/ics")
    assert calendar["Content-Disposition"] == 'attachment; filename="agenda.ics"'
    assert parts(email, "text/calendar") == []


def test_a_calendar_whose_name_is_no_plain_word_is_called_an_invitation() -> None:
    email = built(attachments=(Attachment('ü"; x=y.ics', ICS, "text/calendar; method=REQUEST"),))

    [calendar] = parts(email, "text/calendar")
    assert calendar.get_filename() == "invitation.ics"


LONG_NAME = "Ünïcode " + "Ångström Łódź " * 8 + "Ð"


@pytest.mark.parametrize(
    "subject",
    [
        "New time: Dysgu o’r hyn a aeth yn iawn yn ystod y flwyddyn a’r hyn a ddaeth",
        "Llanfair" * 9,
        f"New time: {'Llanfair' * 8}",
        "Your agenda for an event in Llanfairpwll and elsewhere, too, has changed",
        "改善の科学" * 12,
        "Hello",
        "A family 👨‍👩‍👧‍👦 and a nurse 🧑🏽‍⚕️, each of whom has a workshop of their own to come to",
    ],
)
def test_a_folded_header_begins_on_the_line_of_its_name(subject: str) -> None:
    sender = str(Address("Improvement " + "Å" * 60, addr_spec="events@example.org"))
    email = built(subject=subject, to=str(Address(LONG_NAME, addr_spec="ada@example.org")), from_email=sender)

    raw = email.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    assert [line for line in head.splitlines() if line.endswith(": ") or not line.strip()] == []
    assert max(map(len, head.splitlines())) <= 78
    parsed = message_from_bytes(raw)
    said = {name: str(make_header(decode_header(parsed[name]))) for name in ("Subject", "To", "From")}
    assert {name: re.sub(r"\r?\n", "", words) for name, words in said.items()} == {
        "Subject": subject,
        "To": f"{LONG_NAME} <ada@example.org>",
        "From": f"Improvement {'Å' * 60} <events@example.org>",
    }


def test_providers_that_know_text_and_html_only_get_the_invitation_as_a_file() -> None:
    email = mime.build(letter(attachments=(INVITATION,)), message_id="<1@x>", with_alternative=False)

    assert [kind for _, kind in email.alternatives] == ["text/html"]
    [calendar] = parts(email, "text/calendar")
    assert calendar["Content-Type"] == 'text/calendar; method="REQUEST"; charset="utf-8"'


@pytest.mark.parametrize("words", ["A family 👨‍👩‍👧‍👦 and a nurse 🧑🏽‍⚕️", "می‌خواهم"])
def test_what_joins_letters_and_emoji_stays(words: str) -> None:
    assert built(subject=words).subject == words


def test_a_line_break_in_a_subject_or_a_name_is_a_space() -> None:
    email = built(
        subject="Hello\r\nBcc: bo@example.org",
        to='"Ada\r\nBcc: bo@example.org" <ada@example.org>',
        attachments=(Attachment("a\r\nX: y.txt", b"x", "text/plain"),),
    )

    message = email.message()
    assert message["Subject"] == "Hello Bcc: bo@example.org"
    assert email.recipients() == ['"Ada Bcc: bo@example.org" <ada@example.org>']
    assert message["Bcc"] is None
    assert message.get_payload()[1].get_filename() == "a X: y.txt"  # type: ignore[index, union-attr]


@pytest.mark.parametrize("to", ["Zoë Müller", "O'Brien, Ada", 'Ada "the first" (she)', "李小龙", "a@b"])
def test_a_name_arrives_as_its_owner_writes_it(to: str) -> None:
    email = built(to=str(Address(to, addr_spec="ada@example.org")))

    parsed = message_from_bytes(email.message().as_bytes(), policy=policy.default)
    [address] = parsed["To"].addresses
    assert (address.display_name, address.addr_spec) == (to, "ada@example.org")


@pytest.mark.parametrize(
    "to",
    [
        "",
        "nobody",
        "ada@example.org, bo@example.org",
        "ada@example.org bo@example.org",
        "Ada <>",
        "<a@b> <c@d>",
    ],
)
def test_a_recipient_is_exactly_one_address(to: str) -> None:
    with pytest.raises(BadLetter, match="recipient is not one address") as refused:
        built(to=to)

    assert "example.org" not in str(refused.value)


@pytest.mark.parametrize(
    "headers",
    [
        {"List-Unsubscribe": "<https://x>\r\nBcc: bo@example.org"},
        {"List-Unsubscribe\r\nBcc": "bo@example.org"},
        {"bcc": "bo@example.org"},
        {"message-id": "<2@example.org>"},
        {"Auto-Submitted": "no"},
    ],
)
def test_a_header_cannot_smuggle_in_another(headers: dict[str, str]) -> None:
    with pytest.raises(BadLetter, match=r"header"):
        built(headers=headers)
