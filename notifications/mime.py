"""Makes an email of a letter: the headers every automatic message needs, and calendar parts that work.

A line break in a subject or name is folded to a space, so that no text can add a header; an address,
a header or a file name that is still not what it should be raises ``BadLetter``. A header that is folded
begins on the line of its name: a first line with nothing on it is obsolete (RFC 5322, 4.2), and some
programs show such a subject as none.

A single invitation (``text/calendar`` with a METHOD) goes in twice, as Google Calendar itself sends
it: as the last alternative of the body, which is where Outlook and Gmail look (RFC 6047, 2.4), and as
an ``application/ics`` file for programs that only offer what is attached. Any other calendar is an
``application/ics`` file only: programs take every ``text/calendar`` for an invitation, show one for each
message, and may file another than they show (Thunderbird 153, Claws Mail 4.1).
"""

import re
from collections.abc import Mapping
from email.header import Header, decode_header, make_header
from email.headerregistry import Address
from email.message import Message as MimeMessage
from email.utils import getaddresses
from typing import Any

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
FILE_NAME = re.compile(r"[A-Za-z0-9._-]+\Z")
HEADER_NAME = re.compile(r"[A-Za-z0-9-]+\Z")
#: The headers that people's words stand in.
OF_WORDS = ("Subject", "From", "To", "Reply-To")
#: How long a line of a header should be at most (RFC 5322, 2.1.1).
LINE = 78


class BadLetter(ValueError):
    """A letter that cannot be an email; says which part, never its content."""


class Email(EmailMultiAlternatives):
    """An email whose headers are folded after their names, never before their first word."""

    def message(self, **options: Any) -> Any:
        """Return what is sent; its class depends on Django's version."""
        message = super().message(**options)
        for name in OF_WORDS:
            written = str(message[name] or "")
            if len(f"{name}: {written}".splitlines()[0]) > LINE or "\n" in written:
                value = _filled(name, written)
                del message[name]
                # Not by the class itself: that would make it text again, folded as before.
                MimeMessage.__setitem__(message, name, value)
        return message


def _filled(name: str, value: str) -> Header:
    """Return a header's value that fills its first line, whatever words it holds."""
    first_word = value.partition(" ")[0]
    if not value.startswith("=?") and len(f"{name}: {first_word}") > LINE:
        return Header(value, "utf-8", header_name=name)
    return make_header(decode_header(value), maxlinelen=LINE, header_name=name)


def build(letter: Letter, *, message_id: str, with_alternative: bool = True) -> EmailMultiAlternatives:
    """Return the email for ``letter``.

    ``with_alternative`` false keeps calendars out of the body's alternatives: the interfaces of
    mail providers know text and HTML only. Raises ``BadLetter``.
    """
    email = Email(
        subject=folded(letter.subject),
        body=letter.text,
        from_email=_address(letter.from_email or settings.DEFAULT_FROM_EMAIL, "sender"),
        to=[_address(letter.to, "recipient")],
        reply_to=[_address(letter.reply_to, "reply-to")] if letter.reply_to else None,
        headers={**_headers(letter.headers), **AUTOMATIC, "Message-ID": message_id},
    )
    if letter.html:
        email.attach_alternative(letter.html, "text/html")
    only = _only_invitation(letter.attachments)
    invitation = only if with_alternative else None
    if invitation:
        name = invitation.filename if FILE_NAME.match(invitation.filename) else "invitation.ics"
        email.attach_alternative(invitation.content.decode(), f"{_mimetype(invitation)}; name={name}")
    for attachment in letter.attachments:
        invites = attachment is only and not with_alternative
        mimetype = _mimetype(attachment) if invites else _type_of_file(attachment)
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


def _type_of_file(attachment: Attachment) -> str:
    """Return the type of what is attached, such that no program takes it for an invitation."""
    return "application/ics" if _parsed(attachment)[0] == "text/calendar" else _mimetype(attachment)


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
