"""Bookings per second on one workshop: the rule ``booking.book`` beside the bare statement it rests on.

    python bench/bookings.py [--bookings 600] [--connections 1 8 32]

Both run in the same process on the same database (``DATABASE_URL``), one after the other for each number
of connections: everybody books a place in one session that nobody has booked before, half of them get
one and half wait. The yardstick takes the ticket and writes the booking, and does nothing else: no lock
of the registration, no look, no message. The ratio says what the rules cost; it can be compared between
machines, the figures per second cannot (Python threads share one interpreter, so with many connections
both are bounded by it). What the measurement writes is deleted at the end, but for its
entries in the trail of acts, which is only added to.
"""

import argparse
import os
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qevent.settings")
django.setup()

from django.db import connection
from django.utils import timezone

from audit import trail
from events.models import Event, Registration, Session
from members.models import Member
from notifications.models import Message
from workshops.models import Booking, Workshop
from workshops.places import booking, counters

NOW = timezone.now()
Act = Callable[[Session, Registration], object]


def by_rule(session: Session, registration: Registration) -> None:
    """Book as the site does."""
    booking.book(session, registration, by=registration.member, at=NOW)


def bare(session: Session, registration: Registration) -> None:
    """Take a ticket and write the booking, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            counters.BOOK_ANEW,
            {
                "session": session.pk,
                "registration": registration.pk,
                "member": registration.member_id,
                "may_have_place": True,
                "at": NOW,
                **trail.who(registration.member),
            },
        )


def per_second(act: Act, registrations: list[Registration], connections: int) -> float:
    """Let everybody book a new session through so many connections; return bookings per second."""
    session = _session(registrations[0].event, len(registrations) // 2)
    todo = iter(registrations)
    turn = threading.Lock()
    barrier = threading.Barrier(connections + 1)

    def work() -> None:
        connection.ensure_connection()
        barrier.wait()
        try:
            while True:
                with turn:
                    registration = next(todo, None)
                if registration is None:
                    return
                act(session, registration)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    written = Booking.objects.filter(session=session).count()
    if written != len(registrations):
        raise SystemExit(f"{written} bookings of {len(registrations)} were written.")
    Booking.objects.filter(session=session).delete()
    return len(registrations) / took


def _session(event: Event, capacity: int) -> Session:
    starts_at = NOW + timedelta(days=10)
    session = Session.objects.create(
        event=event,
        title="Measured",
        slug=uuid.uuid4().hex,
        status=Session.Status.PUBLISHED,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
    )
    during = (session.starts_at, session.ends_at)
    Workshop.objects.create(session=session, capacity=capacity, during=during)
    return session


@contextmanager
def registered(number: int) -> Iterator[list[Registration]]:
    """So many registered members of an event of their own, gone afterwards."""
    name = f"bench-{uuid.uuid4().hex[:12]}"
    day = (NOW + timedelta(days=10)).date()
    event = Event.objects.create(slug=name, title=name, first_day=day, last_day=day, status="published")
    members = Member.objects.bulk_create(
        Member(name=f"Member {n}", email=f"{name}-{n}@example.org", membership="active")
        for n in range(number)
    )
    stamps = {"code_of_conduct_accepted_at": NOW, "created_at": NOW, "status_changed_at": NOW}
    try:
        yield Registration.objects.bulk_create(
            Registration(event=event, member=one, status="confirmed", **stamps) for one in members
        )
    finally:
        Booking.objects.filter(session__event=event).delete()
        Message.objects.filter(member__in=members).delete()
        Registration.objects.filter(event=event).delete()
        Session.objects.filter(event=event).delete()
        event.delete()
        Member.objects.filter(pk__in=[one.pk for one in members]).delete()


def main() -> None:
    """Measure, and print one line for each number of connections."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--bookings", type=int, default=600, help="how many book in each run")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 32])
    options = parser.parse_args()
    print("connections   rule/s   bare/s   rule : bare")
    with registered(options.bookings) as registrations:
        per_second(by_rule, registrations, 1)  # warms up
        for connections in options.connections:
            rule = per_second(by_rule, registrations, connections)
            yardstick = per_second(bare, registrations, connections)
            print(f"{connections:11}  {rule:7.0f}  {yardstick:7.0f}   1 : {yardstick / rule:.1f}")


if __name__ == "__main__":
    main()
