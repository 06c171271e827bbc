"""The opening of booking lived through: what who presses feels while all look and are written to.

    python -m bench.opening [--members 5000] [--pages 1000] [--at-once 64] [--without-letters]

Without DATABASE_URL and REDIS_URL it starts a Postgres and a broker of its own. In a scratch database
(bench/world.py) everybody is registered, and one workshop of 300 places is at a time at which nobody has
anything. The site is served as in production (``qevent.webserver``, and the process for mail to many, beside
a small mail server), over HTTP on this machine: so many agendas are open and look every 10 to 30 seconds, as
static/js/agenda.js does. At the opening a letter is due to everybody within five minutes; 100 people press
within three seconds; then everybody else presses, so many at once. All of it shares the machine's processors
with whoever asks, which is this process.

Prints how long those who pressed waited (milliseconds), when all were answered, how many letters were sent
meanwhile, and whether the places are exact: 300 booked, everybody else in line, each with a ticket of their
own. Ends with status 1 where they are not, or where somebody was answered by an error.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, time, timedelta
from time import perf_counter
from urllib.parse import urlencode

from bench import services, scratch, world  # isort: skip  # noqa: F401  # the first starts servers

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from bench.pressing import MORE, ROUND, Line, Site, first, look, rest
from events.models import Event, Registration, Session
from members.models import LogIn, Member
from notifications.models import Message
from qevent.sessions import SessionStore
from tests.notifications.smtp_server import SmtpServer
from workshops.letters import booking_opened
from workshops.models import Booking, Workshop

PLACES = 300
#: When nobody has anything yet.
EVENING = time(20)
FIRST = 100
#: Pages are open so many seconds before booking opens.
LEAD = ROUND + MORE
#: Letters of the opening are spread over so many seconds.
SPREAD = 300
MILLI = 1000


async def live(site: Site, pages: int, at_once: int) -> bool:
    """Open the pages, let booking open, and let everybody press; return whether nobody met an error."""
    looking = [asyncio.create_task(look(site, login)) for login in site.logins[:pages]]
    await asyncio.sleep(LEAD)
    say("100 within 3 s", await first(site, site.logins[:FIRST]))
    began = perf_counter()
    say(f"{at_once} at once", await rest(site, site.logins[FIRST:], at_once))
    sys.stdout.write(f"All answered after {perf_counter() - began:.1f} s\n")
    for one in looking:
        one.cancel()
    ended = await asyncio.gather(*looking, return_exceptions=True)
    broken = [repr(one) for one in ended if not isinstance(one, asyncio.CancelledError)]
    sys.stdout.write(f"Errors: {site.errors or 'none'}; pages that ended: {broken[:3] or 'none'}\n")
    return not site.errors and not broken


def say(who: str, took: list[float]) -> None:
    """Print how long they waited."""
    cuts = statistics.quantiles([one * MILLI for one in took], n=100)
    middle, late, last = (round(cuts[part - 1]) for part in (50, 95, 99))
    sys.stdout.write(f"{who}: {len(took)} pressed, p50 {middle} ms, p95 {late} ms, p99 {last} ms\n")


def make(members: int) -> tuple[Session, list[str]]:
    """Make the world; return the workshop that everybody wants, and a login for each of so many."""
    event, at = world.make(), timezone.now()
    world.register(event, Member.objects.filter(registrations=None, is_staff=False), at)
    starts_at = datetime.combine(event.last_day, EVENING, UTC)
    session = Session.objects.create(
        event=event,
        title="What everybody wants",
        slug="wanted",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        status=Session.Status.PUBLISHED,
    )
    Workshop.objects.create(session=session, capacity=PLACES, during=(session.starts_at, session.ends_at))
    before = at - timedelta(days=1)
    Registration.objects.update(created_at=before, status_changed_at=before)
    Event.objects.update(booking_opens_at=at + timedelta(days=1), version=event.version + 1)
    Message.objects.all().delete()
    people = Member.objects.filter(is_staff=False).order_by("?")[:members]
    return session, [_login(member) for member in people]


def _login(member: Member) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(member.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = member.get_session_auth_hash()
    store.create()
    at, key = timezone.now(), str(store.session_key)
    LogIn.objects.create(session_id=key, member=member, began_at=at, used_at=at)
    return key


def owe_letters() -> None:
    """Owe everybody the letter of an opening, spread as it is; it has not come yet."""
    at = timezone.now()
    Event.objects.update(booking_opens_at=at)
    booking_opened.tell_opened(at=at)
    Event.objects.update(booking_opens_at=at + timedelta(days=1))
    spread = "UPDATE notifications_message SET send_after = now() + random() * %s * interval '1 second'"
    with connection.cursor() as cursor:
        cursor.execute(spread, [SPREAD])


@contextmanager
def served(port: int, *, with_letters: bool) -> Iterator[None]:
    """Serve the scratch database, with the process for mail to many."""
    mail = SmtpServer()
    about = connection.settings_dict
    where = urlencode({"host": about["HOST"], "port": about["PORT"] or "5432"})
    told = os.environ | {
        "DATABASE_URL": f"postgresql://{about['USER']}:{about['PASSWORD']}@/{about['NAME']}?{where}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "SECRET_KEY": settings.SECRET_KEY,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "ERROR",
    }
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"], check=True, env=told)
    commands = [["-m", "qevent.webserver", "--port", str(port)]]
    commands += [["manage.py", "send_bulk_mail"]] if with_letters else []
    running = [subprocess.Popen([sys.executable, *one], env=told) for one in commands]  # noqa: S603  # as written above
    try:
        yield
    finally:
        for one in running:
            one.terminate()
        for one in running:
            with suppress(subprocess.TimeoutExpired):
                one.wait(10)
            one.kill()
        mail.stop()


def is_exact(session: Session, members: int) -> bool:
    """Print who has what; return whether all is as it must be."""
    counted = Booking.objects.filter(session=session).values_list("status").annotate(number=Count("pk"))
    found = dict(counted)
    tickets = Booking.objects.filter(session=session).values("ticket").distinct().count()
    last = Booking.objects.filter(session=session, status="booked").order_by("-ticket").first()
    sent = Message.objects.filter(kind="booking-opens", state="sent").count()
    sys.stdout.write(f"{found}, {tickets} tickets; {sent} letters sent\n")
    wanted = {"booked": PLACES, "waiting": members - PLACES}
    in_order = last is not None and last.ticket == PLACES
    return found == wanted and tickets == members and in_order


def main(arguments: list[str]) -> int:
    """Live through it, and print what happened."""
    parser = argparse.ArgumentParser(prog="python -m bench.opening")
    parser.add_argument("--members", type=int, default=5000)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--without-letters", action="store_true")
    parser.add_argument("--port", type=int, default=8399)
    told = parser.parse_args(arguments)
    with scratch.database():
        session, logins = make(told.members)
        if not told.without_letters:
            owe_letters()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with served(told.port, with_letters=not told.without_letters):
            site = Site(told.port, session, logins)
            asyncio.run(ready(site))
            Event.objects.update(booking_opens_at=timezone.now() + timedelta(seconds=LEAD))
            is_fine = asyncio.run(live(site, told.pages, told.at_once))
        return 0 if is_exact(session, told.members) and is_fine else 1


async def ready(site: Site) -> None:
    """Wait until the site answers."""
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            await Line(site, "").ask("GET", site.address("places_now"))
            site.errors.clear()
            return
        await asyncio.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
