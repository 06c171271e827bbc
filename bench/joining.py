"""A plenary begins: what who presses *Join* feels while as many pages look (``live/``).

    python -m bench.joining [--members 1000] [--pages 1000] [--within 60]

Without DATABASE_URL and REDIS_URL it starts a Postgres and a broker of its own. In a scratch database
(bench/world.py) everybody is registered, and one session that nobody books begins in ten minutes. The site is
served as in production (``qevent.webserver``), over HTTP on this machine. First 100 members press *Join* one
after the other while nothing else happens: that is the idle figure. Then so many pages of *Now and next* are
open and ask for its version every 20 to 40 seconds, as static/js/live.js does, while so many other members
press within a minute, each followed by the page with the link.

Prints how long those who pressed waited (milliseconds), and whether attendance is exact: one row and one
entry of the trail for each who pressed. Ends with status 1 where it is not, where somebody was answered by an
error, or where the p99 is above ten times the idle one.
"""

import argparse
import asyncio
import random
import statistics
import sys
from datetime import timedelta
from time import perf_counter
from urllib.parse import urlencode

from bench import services, scratch  # isort: skip  # noqa: F401  # the first starts servers

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from audit.acts import Act
from audit.models import Entry
from bench import opening
from bench.pressing import Line, Site
from events.models import Event, Session
from live.models import Attendance
from workshops.models import Workshop

IDLE = 100
MOST = 10
#: A page asks again after so many seconds and up to as many more (static/js/live.js).
ROUND, MORE = 20.0, 20.0
MILLI = 1000


def make(members: int) -> tuple[Session, list[str]]:
    """Make the world; return the session that begins for everybody, and a login for each of so many."""
    session, logins = opening.make(members)
    starts_at = timezone.now() + timedelta(minutes=10)
    Workshop.objects.filter(session=session).delete()
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    link = "https://meet.example.org/all"
    Session.objects.filter(pk=session.pk).update(format=Session.Format.PLENARY, join_url=link, **times)
    today = starts_at.date()
    Event.objects.filter(pk=session.event_id).update(
        first_day=today, last_day=today, booking_opens_at=None, version=session.event.version + 2
    )
    return session, logins


def address(site: Site, name: str, *more: str) -> str:
    """Return the address of a page of the day."""
    return reverse(f"live:{name}", args=[site.session.event.slug, *more])


async def press(site: Site, login: str) -> float:
    """Join, and open the page with the link; return how long the press took, in seconds."""
    line = Line(site, login)
    began = perf_counter()
    form = urlencode({"csrfmiddlewaretoken": site.token})
    await line.ask("POST", address(site, "join", site.session.slug), form)
    took = perf_counter() - began
    _, page = await line.ask("GET", address(site, "way", site.session.slug))
    if b"https://meet.example.org/all" not in page:
        site.errors.append(0)
    line.close()
    return took


async def look(site: Site, login: str) -> None:
    """Have the page open for ever: it asks whether something has changed."""
    line = Line(site, login)
    await asyncio.sleep(random.uniform(0, ROUND))  # noqa: S311  # as people open it
    await line.ask("GET", address(site, "now"))
    while True:
        await asyncio.sleep(random.uniform(ROUND, ROUND + MORE))  # noqa: S311  # as the page does
        await line.ask("GET", address(site, "version"))


async def live(site: Site, pages: int, within: float) -> tuple[list[float], list[float]]:
    """Let some press alone, then all others among the pages; return how long each waited."""
    idle = [await press(site, login) for login in site.logins[:IDLE]]
    looking = [asyncio.create_task(look(site, login)) for login in site.logins[-pages:]]
    await asyncio.sleep(ROUND)

    async def one(login: str) -> float:
        await asyncio.sleep(random.uniform(0, within))  # noqa: S311  # as people press
        return await press(site, login)

    took = list(await asyncio.gather(*map(one, site.logins[IDLE:])))
    for page in looking:
        page.cancel()
    await asyncio.gather(*looking, return_exceptions=True)
    return idle, took


def say(who: str, took: list[float]) -> float:
    """Print how long they waited; return what one in a hundred waited for longer, in milliseconds."""
    cuts = statistics.quantiles([one * MILLI for one in took], n=100)
    sys.stdout.write(
        f"{who}: {len(took)} pressed, p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms\n"
    )
    return cuts[98]


def is_exact(session: Session, members: int) -> bool:
    """Print what is noted; return whether it is each who pressed, once."""
    rows = Attendance.objects.filter(session=session, joined_at__isnull=False).count()
    entries = Entry.objects.filter(act=Act.ATTENDANCE_JOINED).count()
    sys.stdout.write(f"{members} pressed, {rows} noted, {entries} entries of the trail\n")
    return rows == entries == members


def main(arguments: list[str]) -> int:
    """Live through it, and print what happened."""
    parser = argparse.ArgumentParser(prog="python -m bench.joining")
    parser.add_argument("--members", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--within", type=float, default=60)
    parser.add_argument("--port", type=int, default=8398)
    told = parser.parse_args(arguments)
    with scratch.database():
        session, logins = make(told.members + IDLE)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with opening.served(told.port, with_letters=False):
            site = Site(told.port, session, logins)
            asyncio.run(opening.ready(site))
            idle, took = asyncio.run(live(site, told.pages, told.within))
        before, among = say("Alone", idle), say("Among the pages", took)
        sys.stdout.write(f"Errors: {site.errors or 'none'}; p99 is {among / before:.1f} times that alone\n")
        is_fine = is_exact(session, len(logins)) and not site.errors
        return 0 if is_fine and among <= MOST * before else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
