"""What a letter costs: agenda emails with three sessions each, in a file for the calendar.

``from_outbox`` is what a worker does: claim, render, send, record. The yardstick ``in_a_loop`` renders the
same letters and hands them to smtplib, one after the other, and keeps nothing. Both talk to a small SMTP
server in this process, whose time counts with both.
"""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from events.models import Event, Registration
from notifications import delivery, mime, outbox
from notifications.models import Message
from tests.notifications.smtp_server import SmtpServer

SESSIONS = 3
LETTERS = 20


@contextmanager
def server() -> Iterator[None]:
    """A mail server that takes everything, as the site's."""
    started = SmtpServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield
    started.stop()


def people(event: Event) -> Iterator[list[Registration]]:
    """Yield those who have booked so many sessions and were told of none yet, a round's share each time."""
    booked = event.registrations.select_related("member").annotate(number=Count("bookings"))
    found = booked.filter(number=SESSIONS, agenda_told=None).order_by("-pk").iterator()
    while share := list(islice(found, LETTERS)):
        yield share


def in_a_loop(people: list[Registration]) -> None:
    """Render and send, and nothing else."""
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        for one in people:
            message = Message(kind="agenda", member=one.member, payload={"registration": one.pk})
            letter = delivery.render(message)
            if letter is None:
                raise RuntimeError("There is nothing to tell.")
            email = mime.build(letter, message_id=outbox.new_message_id())
            server.sendmail(email.from_email, email.recipients(), email.message().as_bytes())


def owe(people: list[Registration]) -> None:
    """Put their letters into the outbox, due."""
    at = timezone.now() - timedelta(seconds=1)
    for one in people:
        about = {"registration": one.pk}
        outbox.enqueue("agenda", at=at, key=f"measured:{one.pk}", member=one.member, payload=about)


def from_outbox() -> None:
    """Deliver what is owed."""
    if delivery.deliver_due() != LETTERS:
        raise RuntimeError("Not all was sent.")
