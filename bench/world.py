"""Makes a community of the size that the figures are for, without going through the rules.

300 sessions over three days, 5,000 members on the list and with accounts, 3,000 registrations, 10,000
bookings, 10,000 messages, and 1,500 access needs that wait for an answer. Everything a page reads is
consistent: places taken are the bookings made.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.utils import timezone

from events.models import (
    AccessNeeds,
    Contributor,
    Event,
    EventPlaces,
    Registration,
    Session,
    SessionContributor,
    Theme,
)
from events.models.access_needs import AccessNeed, Kind
from members.models import ListedAddress, Member
from notifications.models import Message
from workshops.models import Booking, Workshop

DAYS, SLOTS, ROOMS = 3, 20, 5
MEMBERS, REGISTRATIONS, BOOKINGS, MESSAGES = 5_000, 3_000, 10_000, 10_000
#: So many of them told what they need.
NEEDY = 500
#: So many bookings has the reader whose agenda is full, and so many another.
FULL, FEW = 40, 4
WORDS = "How a ward halved its waiting time, and what we would do otherwise. " * 3


def logged_in(who: str) -> Client:
    """Return a browser in which ``who@example.org`` is logged in; one of the team gave the second step."""
    member, client = Member.objects.get(email=f"{who}@example.org"), Client()
    client.force_login(member)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return client


def make() -> Event:
    """Fill the empty database; return the event, on whose pages ``busy@…`` and ``few@…`` are at home."""
    at = timezone.now()
    event = _event(at)
    _people(event, at)
    _sessions(event)
    _book(event, at)
    _messages(at)
    _needs(event, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return event


def _event(at: datetime) -> Event:
    day = at.date() + timedelta(days=14)
    event = Event.objects.create(
        slug="2026",
        title="Community event",
        first_day=day,
        last_day=day + timedelta(days=DAYS - 1),
        status=Event.Status.PUBLISHED,
        description=WORDS,
    )
    EventPlaces.objects.create(event=event, taken=REGISTRATIONS)
    return event


def _people(event: Event, at: datetime) -> None:
    names = ["busy", "few", *(f"member{number}" for number in range(MEMBERS - 2))]
    people = Member.objects.bulk_create(
        [
            Member(
                name=name.title(),
                email=f"{name}@example.org",
                membership="active",
                membership_changed_at=at - timedelta(days=30),
            )
            for name in names
        ],
        batch_size=1000,
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people],
        batch_size=1000,
    )
    Member.objects.create_superuser("staff@example.org", name="Staff")
    ListedAddress.objects.bulk_create(
        [ListedAddress(email=one.email, name=one.name) for one in people], batch_size=1000
    )
    register(event, people[:REGISTRATIONS], at)


def register(event: Event, people: Iterable[Member], at: datetime) -> None:
    """Register them as confirmed."""
    Registration.objects.bulk_create(
        [
            Registration(
                event=event,
                member=one,
                status=Registration.Status.CONFIRMED,
                code_of_conduct_accepted_at=at,
                created_at=at,
                status_changed_at=at,
            )
            for one in people
        ],
        batch_size=1000,
    )


def _sessions(event: Event) -> None:
    themes = Theme.objects.bulk_create(
        [Theme(event=event, title=f"Theme {n}", slug=f"theme-{n}", position=n) for n in range(6)]
    )
    hosts = Contributor.objects.bulk_create(
        [Contributor(name=f"Host {n}", email=f"host{n}@example.org") for n in range(100)]
    )
    opening = datetime.combine(event.first_day, time(8), UTC)
    sessions = [
        Session(
            event=event,
            title=f"Session {number}: improving flow together",
            slug=f"session-{number}",
            starts_at=opening + timedelta(days=day, minutes=30 * slot),
            ends_at=opening + timedelta(days=day, minutes=30 * slot + 25),
            room=f"Room {room}",
            summary=WORDS[:120],
            description=WORDS,
            status=Session.Status.PUBLISHED,
        )
        for number, (day, slot, room) in enumerate(
            (day, slot, room) for day in range(DAYS) for slot in range(SLOTS) for room in range(ROOMS)
        )
    ]
    Session.objects.bulk_create(sessions)
    links = [SessionContributor(session=one, contributor=hosts[n % 100]) for n, one in enumerate(sessions)]
    SessionContributor.objects.bulk_create(links)
    named = [Session.themes.through(session=one, theme=themes[n % 6]) for n, one in enumerate(sessions)]
    Session.themes.through.objects.bulk_create(named)


def _book(event: Event, at: datetime) -> None:
    """Give each registration bookings in different slots, until there are as many as wanted."""
    sessions = list(event.sessions.order_by("starts_at", "room"))
    registrations = list(event.registrations.order_by("pk"))
    taken = dict.fromkeys((one.pk for one in sessions), 0)
    wanted = [FULL, FEW, *([3] * (REGISTRATIONS - 2))]
    bookings = []
    for number, (one, count) in enumerate(zip(registrations, wanted, strict=True)):
        extra = 1 if number % 3 == 0 and number > 1 else 0
        for turn in range(count + extra):
            slot = (number * 7 + turn) % (DAYS * SLOTS)
            session = sessions[slot * ROOMS + (number + turn) % ROOMS]
            taken[session.pk] += 1
            bookings.append(
                Booking(
                    registration=one,
                    member_id=one.member_id,
                    session=session,
                    status=Booking.Status.BOOKED,
                    ticket=taken[session.pk],
                    during=(session.starts_at, session.ends_at),
                    created_at=at,
                    status_changed_at=at,
                )
            )
    Workshop.objects.bulk_create(
        [
            Workshop(
                session=one,
                capacity=100,
                taken=taken[one.pk],
                ticket=taken[one.pk],
                during=(one.starts_at, one.ends_at),
            )
            for one in sessions
        ]
    )
    Booking.objects.bulk_create(bookings[:BOOKINGS], batch_size=1000)


def _messages(at: datetime) -> None:
    people = list(Member.objects.values_list("pk", flat=True).order_by("pk"))
    Message.objects.bulk_create(
        [
            Message(
                kind="agenda",
                key=f"bench:{number}",
                member_id=people[number % MEMBERS],
                debounced=True,
                state="sent" if number % 10 else "queued",
                created_at=at,
                send_after=at + timedelta(days=1),
                message_id=f"<bench-{number}@example.org>",
            )
            for number in range(MESSAGES)
        ],
        batch_size=1000,
    )


def _needs(event: Event, at: datetime) -> None:
    """Let every sixth of those who are registered tell three needs."""
    registrations = event.registrations.order_by("pk")[:: REGISTRATIONS // NEEDY]
    told = AccessNeeds.objects.bulk_create(AccessNeeds(registration=one) for one in registrations)
    kinds = (Kind.CAPTIONS, Kind.SLIDES, Kind.BREAKS)
    AccessNeed.objects.bulk_create(
        [
            AccessNeed(told=one, kind=kind, is_shared_with_hosts=True, asked_at=at, state_changed_at=at)
            for one in told
            for kind in kinds
        ],
        batch_size=1000,
    )
