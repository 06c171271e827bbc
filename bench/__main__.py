"""What people feel, beside what must be: ``make bench`` writes docs/performance.md.

    python -m bench [--rounds N]

Without DATABASE_URL and REDIS_URL it starts a Postgres and a broker of its own; the machine should do
nothing else. In a scratch database with 300 sessions, 5,000 members and 10,000 bookings (bench/world.py) it
asks for pages and plays acts through Django's test client, in this process; then, with 5,000 posts besides
(bench/posts.py), for those of the blog. Each round first asks a bare
view: for pages one that loads session and user and does one statement, for acts one that takes the ticket
and writes the booking too, without any rule. What counts is the processor time of Python and Postgres
together (Linux, on the same machine) as a multiple of the bare view's in the same round: the median of all
rounds, and the middle half of them. For letters the yardstick is the same rendering and smtplib in a loop.

Ends with status 1 where a multiple is above its target.
"""

import argparse
import logging
import platform
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import services, scratch, posts, world  # isort: skip  # noqa: F401  # the first starts servers

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from django.utils import timezone

from bench import acts, letters, pages
from bench.cost import timed
from events.models import Event, Registration
from members.models import Member
from qevent import urls

PAGE = Path(settings.BASE_DIR, "docs", "performance.md")
ROUNDS = 21
NOWHERE = "/there-is-no-such-page/"
POLL = "a poll that finds nothing new"
#: What pages and acts may cost at most, as multiples of the bare view.
PAGES = {
    "the frame alone, visitor": 1.5,
    "the frame alone, registered": 2.2,
    "home, visitor": 5.7,
    "home, registered": 5.7,
    "event, registered": 5.7,
    "programme of 300, visitor": 3.6,
    "programme of 300, registered": 8.6,
    "agenda of 40 bookings": 10.7,
    POLL: 0.8,
}
BLOG = {
    "post with 1,000 comments, visitor": 17.9,
    "post with 1,000 comments, registered": 17.9,
    "blog list of 5,000 posts": 7.1,
    "search in 5,000 posts": 14.3,
}
ACTS = {
    "book, answer in place": 3.0,
    "book, without a script": 2.4,
    "choose": 2.9,
    "book my 4 choices": 5.8,
    "give up": 3.4,
    "join the waiting list": 2.9,
}
LETTER = f"an agenda email with {letters.SESSIONS} sessions, from the outbox"
#: What it may cost at most, as a multiple of the loop: 0.7 of what that cost at first comes to this.
LETTERS = {LETTER: 1.9}
Act = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """What was measured: ``multiples`` of the bare view's processor time, one a round."""

    name: str
    target: float
    statements: int
    multiples: tuple[float, ...]
    milliseconds: float

    @property
    def multiple(self) -> float:
        """The median."""
        return statistics.median(self.multiples)

    @property
    def holds(self) -> bool:
        """Whether it is at most its target."""
        return self.multiple <= self.target

    def line(self) -> str:
        """Return its line of the table."""
        low, _, high = statistics.quantiles(self.multiples, n=4)
        found = f"{self.multiple:.1f} ({low:.1f} to {high:.1f})"
        held = "yes" if self.holds else "**no**"
        cells = (self.name, self.statements, f"{self.milliseconds:.1f}", found, self.target, held)
        return f"| {' | '.join(str(cell) for cell in cells)} |\n"


def addresses(event: Event) -> dict[str, tuple[str, str | None]]:
    """Return where each page is, and who reads it."""
    of_event = ("events:programme", "workshops:agenda", "workshops:places_now")
    programme, agenda, places = (reverse(name, args=[event.slug]) for name in of_event)
    return {
        "the frame alone, visitor": (NOWHERE, None),
        "the frame alone, registered": (NOWHERE, "busy"),
        "home, visitor": (reverse("home"), None),
        "home, registered": (reverse("home"), "busy"),
        "event, registered": (event.get_absolute_url(), "busy"),
        "programme of 300, visitor": (programme, None),
        "programme of 300, registered": (programme, "busy"),
        "agenda of 40 bookings": (agenda, "busy"),
        POLL: (f"{places}?language={settings.LANGUAGE_CODE}", None),
    }


def reader(who: str | None) -> Client:
    """Return a client, logged in as somebody of the world or as nobody."""
    client = Client()
    if who:
        client.force_login(Member.objects.get(email=f"{who}@example.org"))
    return client


def of_pages(event: Event, rounds: int) -> Iterator[Row]:
    """Measure the pages."""
    bare, member = reader("busy"), {who: reader(who) for who in (None, "busy")}
    for name, (address, who) in addresses(event).items():
        seen = {"If-None-Match": member[who].get(address).headers["ETag"]} if name == POLL else {}
        ask = partial(member[who].get, address, headers=seen)
        yardstick = partial(bare.get, "/yardstick/")
        yield compare(name, PAGES[name], [(yardstick, ask)] * (rounds + 1))


def of_blog(event: Event, rounds: int) -> Iterator[Row]:
    """Measure the pages of the blog, in which there are now many posts."""
    post = posts.make(event).get_absolute_url()
    asked = {
        "post with 1,000 comments, visitor": (post, None),
        "post with 1,000 comments, registered": (post, "busy"),
        "blog list of 5,000 posts": (reverse("blog:list"), "busy"),
        "search in 5,000 posts": (f"{reverse('search')}?q={posts.SOUGHT}", "busy"),
    }
    bare = reader("busy")
    for name, (address, who) in asked.items():
        ask = (partial(bare.get, "/yardstick/"), partial(reader(who).get, address))
        yield compare(name, BLOG[name], [ask] * (rounds + 1))


def of_acts(event: Event, rounds: int) -> Iterator[Row]:
    """Measure the acts, each round by somebody else."""
    who = acts.people(event)
    for name, target in ACTS.items():
        yield compare(name, target, (pressed(name, who) for _ in range(rounds + 1)))


def of_letters(event: Event, rounds: int) -> Iterator[Row]:
    """Measure the outbox, so many letters a round."""
    who = letters.people(event)
    with letters.server():
        pairs = (mailed(next(who), next(who)) for _ in range(rounds + 1))
        yield compare(LETTER, LETTERS[LETTER], pairs, share=letters.LETTERS)


def mailed(some: list[Registration], others: list[Registration]) -> tuple[Act, Act]:
    """Return the bare loop for some, and what the outbox does for others, who are owed a letter."""
    letters.owe(others)
    return partial(letters.in_a_loop, some), letters.from_outbox


def pressed(name: str, who: Iterator[acts.Person]) -> tuple[Act, Act]:
    """Return the bare act of somebody, and the act to measure of somebody else, both ready to press."""
    return (ready("yardstick", who), ready(name, who))


def ready(name: str, who: Iterator[acts.Person]) -> Act:
    """Return an act that only has to be pressed."""
    press, before = acts.ACTS[name]
    person, client = next(who), Client()
    before(person)
    client.force_login(person.registration.member)
    client.get(reverse("account_login"))  # a client's first request loads the middleware
    return partial(press, client, person)


def compare(name: str, target: float, rounds: Iterable[tuple[Act, Act]], *, share: int = 1) -> Row:
    """Play each round's bare act and its act, ``share`` at once; the first warms up and counts statements."""
    multiples, milliseconds, statements = [], [], 0
    for number, (bare, act) in enumerate(rounds):
        unit = sum(timed(bare))
        if not number:
            with CaptureQueriesContext(connection) as asked:
                act()
            statements = round(len(asked) / share)
            continue
        took = sum(timed(act))
        multiples.append(took / unit)
        milliseconds.append(took / share)
    return Row(name, target, statements, tuple(multiples), statistics.median(milliseconds))


def written(rows: list[Row], rounds: int) -> str:
    """Return the page of docs."""
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    return f"""# What it costs

Written by `make bench`; how it measures stands in `bench/__main__.py`. Processor time of Python and Postgres
together, in a site with 300 sessions, 5,000 members and 10,000 bookings; those of the blog with 5,000 posts.

{timezone.localdate():%d %B %Y}, {machine}, medians of {rounds} rounds.

| what | statements | ms | times the bare view, or the loop of letters (middle half) | target | held |
| --- | --- | --- | --- | --- | --- |
{"".join(row.line() for row in rows)}"""


def main() -> int:
    """Measure, print, write the page of docs; return how it ended."""
    parser = argparse.ArgumentParser(description="What people feel, beside what must be.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    logging.disable(logging.WARNING)
    urls.urlpatterns += [
        path("yardstick/", pages.yardstick),
        path("bare/<int:registration_id>/<int:session_id>/", acts.bare),
    ]
    rows = []
    with scratch.database():
        event = world.make()
        for measure in (of_pages, of_acts, of_blog, of_letters):
            for row in measure(event, rounds):
                rows.append(row)
                sys.stdout.write(row.line())
                sys.stdout.flush()
    PAGE.write_text(written(rows, rounds))
    return int(not all(row.holds for row in rows))


if __name__ == "__main__":
    sys.exit(main())
