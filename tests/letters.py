"""Reads what was mailed: delivers the outbox at a moment, and takes emails and their calendar files apart."""

import re
import smtplib
from collections.abc import Iterator, Sequence
from datetime import datetime
from html.parser import HTMLParser

import icalendar
import time_machine
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from notifications.delivery import deliver_bulk, deliver_due
from notifications.models import Message
from tests.calendar_files import number
from tests.found import found


def deliver(at: datetime) -> list[EmailMultiAlternatives]:
    """Send what is due at that moment, and return the emails, in order."""
    before = len(mail.outbox)
    with time_machine.travel(at, tick=False):
        deliver_due(clock=lambda: at, chance=lambda: 0.5)
        deliver_bulk(clock=lambda: at, chance=lambda: 0.5)
    sent = [one for one in mail.outbox[before:] if isinstance(one, EmailMultiAlternatives)]
    assert len(sent) == len(mail.outbox) - before
    return sent


def only(mails: list[EmailMultiAlternatives]) -> EmailMultiAlternatives:
    """The one email that was sent."""
    assert len(mails) == 1, [one.subject for one in mails]
    return mails[0]


def calendars(email: EmailMultiAlternatives) -> list[icalendar.Calendar]:
    """The calendar files of an email, parsed, each once."""
    files = [content for _, content, kind in email.attachments if "calendar" in kind or kind.endswith("ics")]
    return [icalendar.Calendar.from_ical(content) for content in files]


def entries(email: EmailMultiAlternatives) -> list[tuple[str, str, int]]:
    """Each entry of the calendar file as (METHOD, summary, SEQUENCE), in order."""
    found = [(str(one["METHOD"]), event) for one in calendars(email) for event in one.events]
    return sorted((method, str(event["SUMMARY"]), number(event, "SEQUENCE")) for method, event in found)


def code_in(message: Message) -> str:
    """The code that a message holds until it is sent."""
    return str(found(message.secret)["code"])


def html_of(email: EmailMultiAlternatives) -> str:
    """The HTML part."""
    return next(str(part) for part, kind in email.alternatives if kind == "text/html")


def words_of_text(email: EmailMultiAlternatives) -> list[str]:
    """All words of the plain part, without addresses of pages and without its signature's line."""
    return _words(re.sub(r"https?://\S+", " ", str(email.body)))


def words_of_html(email: EmailMultiAlternatives) -> list[str]:
    """All words of the HTML part as a reader sees them, without the community's name on top."""
    reader = _Reader()
    reader.feed(html_of(email))
    return _words(" ".join(reader.text))


def say_the_same_twice(email: EmailMultiAlternatives) -> bool:
    """Whether both parts have the same words (the HTML has the community's name on top)."""
    return ["Q", "community", *words_of_text(email)] == words_of_html(email)


def changes(email: EmailMultiAlternatives) -> list[str]:
    """The lines of an agenda email under "What has changed"."""
    told = email.body.partition("What has changed:")[2].partition("Your agenda\n")[0]
    return [line[2:] for line in told.splitlines() if line.startswith("- ")]


def links(email: EmailMultiAlternatives) -> set[str]:
    """Everything that both parts point at."""
    found = set(re.findall(r'(?:href|src|action)="([^"]*)"', html_of(email)))
    return found | set(re.findall(r"https?://\S+", str(email.body)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


class _Reader(HTMLParser):
    """Collects the text of the body; the line for inboxes, which repeats its beginning, is a hidden div."""

    SILENT = ("style", "title", "div")

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self.SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)


def lines(email: EmailMultiAlternatives) -> Iterator[str]:
    """The lines of the plain part that say something."""
    return (line.strip() for line in email.body.splitlines() if line.strip())


class NoServer(BaseEmailBackend):
    """A mail server that takes no letter today."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise smtplib.SMTPDataError(451, b"Try again later")
