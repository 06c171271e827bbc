"""What it costs to look at a change of the programme, and to carry it out, where 5,000 people are touched.

    python -m bench.foreseen [WORDS ...]

Like ``bench.acts`` it fills a scratch database: 300 sessions, 5,000 people registered, all of whom have
booked one session besides; some have another at the time to which it moves. Looking is asked for over HTTP,
carrying out is the rule by itself; each is undone again. The columns: processor time in milliseconds, of
Python and of Postgres, the median of three; the sum as a multiple of the yardstick of ``bench.pages`` in the
same run.
"""

import statistics
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from bench import scratch, world  # isort: skip

from django.db import transaction
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from audit.actors import COMMAND
from bench.cost import timed
from bench.pages import yardstick
from events import cancellation
from events.models import Event, Session
from members.models import Member
from qevent import urls
from workshops.models import Booking, Workshop
from workshops.programme import cancelling, foreseen, shifting

ROUNDS = 3
WIDTH = 44
LAST_HOUR, AN_HOUR = timedelta(hours=22), timedelta(hours=1)


def fill() -> tuple[Session, Session]:
    """Make the world; return a session that all 5,000 have booked, and one whose time some of them have."""
    event, at = world.make(), timezone.now()
    come = event.registrations.values("member")
    world.register(event, Member.objects.filter(email__startswith="member").exclude(pk__in=come), at)
    other = event.sessions.order_by("starts_at", "pk")[0]
    start = datetime.combine(event.last_day, datetime.min.time(), tzinfo=event.zone) + LAST_HOUR
    session = Session.objects.create(
        event=event,
        title="Of all",
        slug="of-all",
        format=Session.Format.WORKSHOP,
        status=Session.Status.PUBLISHED,
        starts_at=start,
        ends_at=start + AN_HOUR,
    )
    _book_all(event, session, at)
    return session, other


def _book_all(event: Event, session: Session, at: datetime) -> None:
    during = (session.starts_at, session.ends_at)
    come = list(event.registrations.order_by("pk"))
    Workshop.objects.create(session=session, taken=len(come), ticket=len(come), during=during)
    Booking.objects.bulk_create(
        (
            Booking(
                registration=one,
                member_id=one.member_id,
                session=session,
                status=Booking.Status.BOOKED,
                ticket=ticket,
                during=during,
                created_at=at,
                status_changed_at=at,
            )
            for ticket, one in enumerate(come, 1)
        ),
        batch_size=1000,
    )


def scenes(session: Session, other: Session, staff: Client) -> Iterator[tuple[str, Callable[[], object]]]:
    """Name each thing that is looked at, and done."""
    event, at = session.event, timezone.now()
    where, later = [event.slug, session.slug], shifting.Interval(minutes=15)
    there = {"starts_at": other.starts_at, "ends_at": other.ends_at, "room": session.room}
    typed = {"act": "look", "room": "", "places": ""} | _moments(other)
    yield (
        "look at a move of 5,000",
        partial(_answers, staff, reverse("team:session_change", args=where), typed),
    )
    yield "move 5,000", partial(_move, session, there, at)
    yield "look at cancelling 5,000", partial(_answers, staff, reverse("team:session_cancel", args=where))
    yield "cancel 5,000, and bring them back", partial(_cancel, session, at)
    yield "look at moving all sessions", partial(shifting.look, event, later, at=at)
    yield "look at calling off", partial(_answers, staff, reverse("team:event_call_off", args=[event.slug]))
    yield "call off, and bring it back", partial(_call_off, event, at)


def _moments(session: Session) -> dict[str, str]:
    sent: dict[str, str] = {}
    for name in ("starts_at", "ends_at"):
        moment = getattr(session, name).astimezone(session.event.zone)
        sent |= {f"{name}_0": f"{moment:%Y-%m-%d}", f"{name}_1": f"{moment:%H:%M}"}
    return sent


def _answers(staff: Client, url: str, typed: dict[str, str] | None = None) -> None:
    answer = staff.post(url, typed) if typed else staff.get(url)
    if answer.status_code != answer.__class__.status_code or b"Whom it touches" not in answer.content:
        raise RuntimeError(f"{url} did not say whom it touches.")


def _move(session: Session, there: Mapping[str, object], at: datetime) -> None:
    wanted = Session.objects.get(pk=session.pk)
    for name, value in there.items():
        setattr(wanted, name, value)
    seen = foreseen.look(wanted, None, at=at).fingerprint
    foreseen.save(session, there, None, seen=seen, by=COMMAND, at=at)


def _cancel(session: Session, at: datetime) -> None:
    seen = cancelling.look(session, at=at).fingerprint
    cancelling.cancel(session, "Snow.", seen=seen, by=COMMAND, at=at)
    cancelling.bring_back(session, by=COMMAND, at=at)


def _call_off(event: Event, at: datetime) -> None:
    cancellation.cancel_event(event, by=COMMAND, at=at, seen=cancellation.look(event, at=at).seen)
    cancellation.bring_back(event, by=COMMAND, at=at)


def _undone(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def main(words: list[str]) -> None:
    """Measure and print a table."""
    urls.urlpatterns.append(path("yardstick/", yardstick))
    with scratch.database():
        session, other = fill()
        staff = world.logged_in("staff")
        unit = _median(lambda: staff.get("/yardstick/"))
        sys.stdout.write(f"{'':<{WIDTH}}{'python':>9}{'postgres':>9}{'times':>7}\n")
        for name, act in scenes(session, other, staff):
            if not words or any(word in name for word in words):
                python, postgres = _median(partial(_undone, act))
                times = (python + postgres) / sum(unit)
                sys.stdout.write(f"{name:<{WIDTH}}{python:>9.1f}{postgres:>9.1f}{times:>7.1f}\n")


def _median(act: Callable[[], object]) -> tuple[float, float]:
    act()
    python, postgres = zip(*(timed(act) for _ in range(ROUNDS)), strict=True)
    return statistics.median(python), statistics.median(postgres)


if __name__ == "__main__":
    main(sys.argv[1:])
