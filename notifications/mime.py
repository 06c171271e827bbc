"""Makes an email of a letter: the headers every automatic message needs, and calendar parts that work.

A line break in a subject or name is folded to a space, so that no text can add a header; an address,
a header or a file name that is still not what it should be raises ``BadLetter``.

A single invitation (``text/calendar`` with a METHOD) goes in twice, as Google Calendar itself sends
it: as the last alternative of the body, which is where Outlook and Gmail look (RFC 6047, 2.4), and as
an ``application/ics`` file for programs that only offer what is attached. Several calendar files, or
one without a METHOD, are attachments only: clients show one invitation for each message.
"""

import re
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import Message as MimeMessage
from email.utils import getaddresses

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from notifications.outbox import Attachment, Letter

#: What says that no person wrote this, so that no machine answers (RFC 3834; the second is Exchange's).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
#: Headers that follow from the letter's other fields.
OURS = {"to", "cc", "bcc", "from", "sender", "reply-to", "subject", "date", "message-id", "mime-version"} | {
    name.lower() for name in AUTOMATIC
}
#: Invisible, but part of words and emoji: between Persian letters, in a family of four.
JOINERS = "\u200c\u200d"
HEADER_NAME = re.compile(r"[A-Za-z0-9-]+\Z")


class BadLetter(ValueError):
    """A letter that cannot be an email; says which part, never its content."""


def build(letter: Letter, *, message_id: str, with_alternative: bool = True) -> EmailMultiAlternatives:
    """Return the email for ``letter``.

    ``with_alternative`` false keeps calendars out of the body's alternatives: the interfaces of
    mail providers know text and HTML only. Raises ``BadLetter``.
    """
    email = EmailMultiAlternatives(
        subject=folded(letter.subject),
        body=letter.text,
        from_email=_address(letter.from_email or settings.DEFAULT_FROM_EMAIL, "sender"),
        to=[_address(letter.to, "recipient")],
        reply_to=[_address(letter.reply_to, "reply-to")] if letter.reply_to else None,
        headers={**_headers(letter.headers), **AUTOMATIC, "Message-ID": message_id},
    )
    if letter.html:
        email.attach_alternative(letter.html, "text/html")
    invitation = _only_invitation(letter.attachments) if with_alternative else None
    if invitation:
        email.attach_alternative(invitation.content.decode(), _mimetype(invitation))
    for attachment in letter.attachments:
        mimetype = "application/ics" if attachment is invitation else _mimetype(attachment)
        email.attach(folded(attachment.filename), attachment.content, mimetype)
    return email


def folded(text: str) -> str:
    """Return ``text`` on one line: every run of white space, line breaks included, is one space."""
    return " ".join("".join(c if c.isprintable() or c in JOINERS else " " for c in text).split())


def _address(text: str, part: str) -> str:
    """Return exactly one address, with its name on one line."""
    found = getaddresses([folded(text)])
    name, address = found[0] if len(found) == 1 else ("", "")
    try:
        return str(Address(display_name=name, addr_spec=address))
    except (ValueError, IndexError) as error:
        # Not chained: the parser quotes the address in what it says.
        raise BadLetter(f"The {part} is not one address ({type(error).__name__}).") from None


def _headers(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if not HEADER_NAME.match(name) or name.lower() in OURS:
            raise BadLetter("A letter may not set this header.")
        if not value.isprintable():
            raise BadLetter(f"The header {name} has a line break.")
    return dict(headers)


def _only_invitation(attachments: tuple[Attachment, ...]) -> Attachment | None:
    calendars = [attachment for attachment in attachments if _parsed(attachment)[0] == "text/calendar"]
    if len(calendars) == 1 and "method" in _parsed(calendars[0])[1]:
        return calendars[0]
    return None


def _mimetype(attachment: Attachment) -> str:
    """Return the type with its parameters; Django itself adds the charset to what is text."""
    kind, parameters = _parsed(attachment)
    extra = "".join(f"; {name}={value}" for name, value in parameters.items() if name != "charset")
    return kind + extra


def _parsed(attachment: Attachment) -> tuple[str, dict[str, str]]:
    header = MimeMessage()
    header["Content-Type"] = folded(attachment.mimetype)
    parameters = header.get_params(failobj=[])[1:]
    return header.get_content_type(), {name.lower(): value for name, value in parameters}
