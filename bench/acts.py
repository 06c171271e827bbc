"""What an act costs over HTTP: book, choose, wait and give up, in 300 sessions with 5,000 members.

    python -m bench.acts [WORDS ...]

Like ``bench.pages`` it fills a scratch database and asks through Django's test client in this process. Each
round is somebody else: they press once, and what they pressed for is written. The yardstick, in the same
round, is a view that loads session and user and takes the ticket and writes the booking in one statement,
without any rule. The columns: statements; processor time in milliseconds, of Python and of Postgres (Linux,
on the same machine; else 0), medians; the sum as a multiple of the yardstick. With WORDS only acts with one
of them in their name are measured.
"""

import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, cast

from bench import scratch, world  # isort: skip

from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from audit import trail
from bench.cost import timed
from events.models import Event, Registration, Session
from members.models import Member
from qevent import urls
from workshops.models import Booking, Workshop
from workshops.places import booking, choices, counters

ROUNDS = 15
WIDTH = 34
#: Where booking has not opened, it opens then: for all who press.
OPENING = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)
Press = Callable[[Client, "Person"], Any]


@dataclass(frozen=True)
class Person:
    """Somebody who presses: their registration, a session that is free for them, one that is full."""

    registration: Registration
    free: Session
    full: Session


@csrf_exempt  # it answers this module only
def bare(request: HttpRequest, registration_id: int, session_id: int) -> HttpResponse:
    """Take the ticket and write the booking of who is logged in, and nothing else."""
    member = cast("Member", request.user)
    parameters = {
        "session": session_id,
        "registration": registration_id,
        "member": member.pk,
        "may_have_place": True,
        "at": timezone.now(),
        **trail.who(member),
    }
    with connection.cursor() as cursor:
        cursor.execute(counters.BOOK_ANEW, parameters)
    return HttpResponse("booked")


def act(name: str, session: Session) -> str:
    """Return the address of an act."""
    return reverse(f"workshops:{name}", args=[session.event.slug, session.slug])


def in_place(client: Client, url: str, session: Session) -> Any:
    """Press a button of the agenda, where the answer is put into the page."""
    slot = f"slot-{session.starts_at:%Y%m%d-%H%M}"
    return client.post(url, headers={"HX-Request": "true", "HX-Target": slot})


def press_bare(client: Client, person: Person) -> Any:
    """The yardstick."""
    return client.post(f"/bare/{person.registration.pk}/{person.free.pk}/")


def press_book(client: Client, person: Person) -> Any:
    """Book a place on the agenda."""
    return in_place(client, act("book", person.free), person.free)


def press_book_on_page(client: Client, person: Person) -> Any:
    """Book a place on the session's page."""
    return client.post(act("book", person.free), headers={"HX-Request": "true"})


def press_without_script(client: Client, person: Person) -> Any:
    """Book a place without JavaScript; the answer leads back to the page."""
    return client.post(act("book", person.free))


def press_wait(client: Client, person: Person) -> Any:
    """Join a waiting list."""
    return in_place(client, act("book", person.full), person.full)


def press_give_up(client: Client, person: Person) -> Any:
    """Give up what was booked before."""
    return in_place(client, act("cancel", person.free), person.free)


def press_choose(client: Client, person: Person) -> Any:
    """Choose before booking opens."""
    return in_place(client, act("choose", person.free), person.free)


def press_book_choices(client: Client, person: Person) -> Any:
    """Book four choices."""
    url = reverse("workshops:book_choices", args=[person.free.event.slug])
    return client.post(url)


def nothing_before(person: Person) -> None:
    """They come with what they have."""


def booked_before(person: Person) -> None:
    """They have booked the free session."""
    booking.book(person.free, person.registration, by=person.registration.member, at=timezone.now())


def opens_later(person: Person) -> None:
    """Booking has not opened."""
    Event.objects.filter(pk=person.free.event_id).update(booking_opens_at=OPENING)


def four_chosen(person: Person) -> None:
    """They have chosen four sessions at four times, and booking has opened since."""
    opens_later(person)
    event = Event.objects.get()
    for session in event.sessions.order_by("-starts_at", "room")[:20:5]:
        session.event = event
        choices.choose(session, person.registration, by=person.registration.member, at=timezone.now())
    Event.objects.update(booking_opens_at=None)


ACTS: dict[str, tuple[Press, Callable[[Person], None]]] = {
    "yardstick": (press_bare, nothing_before),
    "book, answer in place": (press_book, nothing_before),
    "book, on the session's page": (press_book_on_page, nothing_before),
    "book, without a script": (press_without_script, nothing_before),
    "join the waiting list": (press_wait, nothing_before),
    "give up": (press_give_up, booked_before),
    "book my 4 choices": (press_book_choices, four_chosen),
    "choose": (press_choose, opens_later),
}


def people(event: Event) -> Iterator[Person]:
    """Yield people with three or four bookings, each with a session free for them and a full one."""
    full = list(event.sessions.filter(room="Room 4").order_by("starts_at"))
    Workshop.objects.filter(session__in=full).update(capacity=F("taken"))
    free = list(event.sessions.filter(room="Room 0").order_by("starts_at"))
    for registration in event.registrations.select_related("member").order_by("pk")[2:]:
        registration.event = event
        busy = Booking.objects.filter(registration=registration).values_list("session__starts_at", flat=True)
        when = next(n for n, one in enumerate(free) if one.starts_at not in set(busy))
        free[when].event = full[when].event = event
        yield Person(registration, free[when], full[when])


def measure(name: str, who: Iterator[Person]) -> tuple[int, float, float]:
    """Return statements, and the medians of processor time of Python and Postgres."""
    press, before = ACTS[name]
    python, postgres, statements = [], [], 0
    for number in range(ROUNDS + 2):
        person = next(who)
        before(person)
        client = Client()
        client.force_login(person.registration.member)
        client.get(reverse("account_login"))  # a client's first request loads the middleware
        if not number:
            with CaptureQueriesContext(connection) as asked:
                response = press(client, person)
            statements = len(asked)
            if response.status_code not in (200, 302):
                raise RuntimeError(f"{name} answered {response.status_code}.")
            continue
        took = timed(partial(press, client, person))
        if number > 1:
            python.append(took[0])
            postgres.append(took[1])
    return statements, statistics.median(python), statistics.median(postgres)


def main(words: list[str]) -> None:
    """Measure and print a table."""
    urls.urlpatterns.append(path("bare/<int:registration_id>/<int:session_id>/", bare))
    with scratch.database():
        event = world.make()
        who = people(event)
        sys.stdout.write(f"{'':<{WIDTH}}{'statements':>11}{'python':>9}{'postgres':>9}{'times':>7}\n")
        unit = 0.0
        for name in ACTS:
            if unit and words and not any(word in name for word in words):
                continue
            statements, python, postgres = measure(name, who)
            unit = unit or python + postgres
            times = (python + postgres) / unit
            sys.stdout.write(f"{name:<{WIDTH}}{statements:>11}{python:>9.1f}{postgres:>9.1f}{times:>7.1f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
