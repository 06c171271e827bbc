"""What telling 5,000 people that booking is open costs, from the rows in the outbox to the mail server.

    python -m bench.outbox

Run it with the site's own environment (DATABASE_URL, REDIS_URL). In a scratch database (bench/world.py) it
measures: owing the message to every registration (seconds, statements, memory); the sweep with all of them
queued (claiming one, and looking whether there is anything to recover, in milliseconds); delivery to a small
SMTP server in this process (messages a second and processor time for each, of both ends together).
"""

import resource
import sys
import time
from datetime import timedelta

from bench import scratch, world  # isort: skip

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event, Registration
from members.models import Member
from notifications import delivery
from notifications.models import Message
from tests.notifications.smtp_server import SmtpServer
from workshops.letters import booking_opened
from workshops.models import Booking

MILLI = 1000
RUNS = 3


def owe(event: Event) -> str:
    """Let booking open and owe the message to everybody."""
    at = timezone.now()
    before = at - timedelta(days=1)
    world.register(event, Member.objects.filter(registrations=None), at)
    Registration.objects.update(status_changed_at=before, created_at=before)
    Booking.objects.update(status_changed_at=before)
    Event.objects.filter(pk=event.pk).update(booking_opens_at=at - timedelta(minutes=1))
    Message.objects.all().update(send_after=at + timedelta(days=1))
    memory, began = _memory(), time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        booking_opened.tell_opened(at=at)
    seconds = time.perf_counter() - began
    rows = Message.objects.filter(kind="booking-opens").count()
    more = _memory() - memory
    return f"Owed to {rows:,}: {seconds:.2f} s, {len(asked)} statements, {more:.0f} MB more at most\n"


def sweep() -> str:
    """Claim one and give it back; look for what killed workers left."""
    at = timezone.now()
    began = time.perf_counter()
    message = delivery.claim(at=at, which=delivery.TO_MANY)
    claimed = time.perf_counter()
    delivery.recover(at=at)
    recovered = time.perf_counter()
    Message.objects.filter(pk=message.pk if message else 0).update(
        state="queued", lease_until=None, attempts=0
    )
    return f"Claim {(claimed - began) * MILLI:.1f} ms, recover {(recovered - claimed) * MILLI:.1f} ms\n"


def deliver() -> str:
    """Send some of them to a server of our own."""
    server = SmtpServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    began, used = time.perf_counter(), time.process_time()
    sent = sum(delivery.deliver_bulk() for _ in range(RUNS))
    seconds, used = time.perf_counter() - began, time.process_time() - used
    server.stop()
    return (
        f"Delivered {sent} over {server.connections} connections: {sent / seconds:.0f} a second, "
        f"{used / sent * MILLI:.1f} ms of processor each\n"
    )


def _memory() -> float:
    """Return the most memory this process has had, in megabytes (Linux counts in kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    with scratch.database():
        event = world.make()
        for line in (owe(event), sweep(), deliver(), sweep()):
            sys.stdout.write(line)


if __name__ == "__main__":
    main()
