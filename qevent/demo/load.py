"""Loads the demo: the event lies in the near future of the day on which it is loaded.

Registrations and bookings are made through the rules, in the order of a real opening hour, so that
full workshops and waiting lists are as real as they get.
"""

import random
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify

from audit.actors import COMMAND
from common.times import SITE_ZONE
from events import registration
from events.models import Contributor, Event, EventPlaces, Registration, Session, SessionContributor, Theme
from members.accounts import second_factor
from members.models import ListedAddress, Member, Page, SiteSettings
from notifications.models import Message
from qevent.demo import announcements, blog, calls, concerns, hosting, needs
from qevent.demo.people import ACCOUNTS, CROWD, HOST_ADDRESSES, PASSWORD, SECRET, DemoAccount
from qevent.demo.programme import SESSIONS, THEMES, DemoSession
from workshops.models import Booking
from workshops.places import booking, waiting_list
from workshops.places.refusals import BookingRefused
from workshops.programme import cancelling, capacity, changes

#: Of two sessions of one time, the one that is cancelled by mistake, and what somebody books meanwhile.
TO_DECIDE = ("Rural roads, distant clinics", "Learning from what went right")
CONDUCT = (
    "We listen to understand. We assume good intent and own our effect. We make room for those who speak "
    "less. Harassment of any kind has no place here: tell the team, and we will act."
)
#: When registration began, and when booking did, before the demo is loaded.
REGISTRATION, BOOKING = timedelta(days=28), timedelta(days=3)
#: Of this session the waiting list moves: somebody gives up, and somebody is moved up, because of this.
MOVES, BECAUSE = "Missed appointments are messages", "They show their own clinic’s letters in it."
ABOUT = """\
We are people who improve health and care across the UK and Ireland: patients, carers, nurses, porters,
analysts, doctors and managers. Once a year we meet for two days and learn from each other’s work.

## Who may join

Everybody who works on making health and care better, paid or not. Create an account; the team looks at it
within two working days.

## What it costs

Nothing. Membership and the event are free.
"""


def load(*, at: datetime) -> Event | None:
    """Load everything into an installation without events; ``None`` where there are some already."""
    if Event.objects.exists():
        return None
    with transaction.atomic():
        _site()
        password = make_password(PASSWORD)
        people = [*(_account(account, password) for account in ACCOUNTS), *_crowd()]
        event = _event(at)
        _programme(event, at)
    needs.load(event, people, next(one for one in people if one.email == "tess@example.org"), at=at)
    team = [one for one in people if one.email in ("tess@example.org", "sam@example.org")]
    concerns.load(event, team, at=at)
    _register(event, people, at)
    _book(event, at)
    concerns.take_out(event, by=Member.objects.get(email="admin@example.org"), at=at)
    _leave_one_to_decide(event, at)
    hosting.load(event, at=at)
    calls.load(event, _event_admin(), at=at)
    blog.load(event, at=at)
    announcements.load(event, _event_admin(), at=at)
    # Those who cannot log in get no mail: the page of emails shows what the reader does.
    Message.objects.filter(member__email__endswith="@example.net").delete()
    Message.objects.filter(member=None).delete()
    return event


def ensure_second_steps() -> None:
    """Give each account of the team the app whose key is printed, where it has no second step yet."""
    emails = [account.email for account in ACCOUNTS if account.is_of_the_team]
    for member in Member.objects.filter(email__in=emails, is_staff=True):
        if not second_factor.is_held_by(member):
            TOTP.activate(member, SECRET)
            RecoveryCodes.activate(member)


def _site() -> None:
    SiteSettings.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Q community",
            "contact_email": "team@example.org",
            "contact_phone": "020 7946 0000",
            "contact_text": "Write or ring, Monday to Friday, 9:00 to 17:00. We answer within a day.",
            "sender_name": "Q community",
            "sender_email": "events@example.org",
        },
    )
    about = {"title": "About", "summary": "Who we are, who may join, what it costs.", "body": ABOUT}
    Page.objects.update_or_create(slug="about", defaults=about | {"is_shown": True})
    ListedAddress.objects.get_or_create(email="new.member@example.org", defaults={"name": "New Member"})


def _event_admin() -> Member:
    """Return the account of whoever runs the event."""
    found = next(one.email for one in ACCOUNTS if "Event admin" in one.groups)
    member: Member = Member.objects.get(email=found)
    return member


def _account(account: DemoAccount, password: str) -> Member:
    member: Member
    member, _ = Member.objects.get_or_create(
        email=account.email,
        defaults={
            "name": account.name,
            "password": password,
            "membership": account.membership,
            "organisation": account.organisation,
            "role": account.role,
            "region": account.region,
            "is_superuser": account.is_superuser,
            "is_staff": account.is_of_the_team,
        },
    )
    _confirm(member)
    member.groups.set(Group.objects.filter(name__in=account.groups))
    return member


def _crowd() -> list[Member]:
    people = []
    for number, (name, organisation) in enumerate(CROWD, 1):
        member, _ = Member.objects.get_or_create(
            email=f"person{number}@example.net",
            defaults={
                "name": name,
                "organisation": organisation,
                "membership": Member.Membership.ACTIVE,
                "password": make_password(None),
            },
        )
        _confirm(member)
        people.append(member)
    return people


def _confirm(member: Member) -> None:
    EmailAddress.objects.get_or_create(
        user=member, email=member.email, defaults={"verified": True, "primary": True}
    )


def first_day(today: date) -> date:
    """Return the Wednesday that is ten to sixteen days ahead."""
    ahead = today + timedelta(days=10)
    return ahead + timedelta(days=(2 - ahead.weekday()) % 7)


def _event(at: datetime) -> Event:
    day = first_day(at.astimezone(SITE_ZONE).date())
    event = Event.objects.create(
        slug=str(day.year),
        title=f"Community event {day.year}",
        summary="Two days online of workshops, conversation and things to try, by and for the community.",
        description=(
            "Everybody who improves care belongs here: ward clerks and surgeons, patients and carers, "
            "analysts and porters. Sixteen workshops have limited places, first come, first served; the "
            "plenaries, the marketplace and the conversations have room for all.\n\n"
            "Every live session has captions. If you need something else to take part, tell us when you "
            "register."
        ),
        first_day=day,
        last_day=day + timedelta(days=1),
        time_zone=SITE_ZONE.key,
        place=Event.Place.ONLINE,
        registration_opens_at=at - timedelta(days=30),
        booking_opens_at=at - BOOKING,
        ask_needs_by=day - timedelta(days=7),
        test_url="https://meet.example.org/test",
        joining_advice="We meet in the browser: nothing has to be installed.",
        code_of_conduct=CONDUCT,
        status=Event.Status.PUBLISHED,
    )
    EventPlaces.objects.create(event=event)
    for position, theme in enumerate(THEMES):
        Theme.objects.create(
            event=event,
            slug=slugify(theme.title),
            position=position,
            title=theme.title,
            colour=theme.colour,
            summary=theme.summary,
            description=theme.description,
        )
    return event


def _programme(event: Event, at: datetime) -> None:
    themes = {theme.title: theme for theme in event.themes.all()}
    for number, described in enumerate(SESSIONS, 1):
        session = _session(event, described, number)
        changes.save_session(session, by=COMMAND, at=at)
        session.themes.set([themes[described.theme]] if described.theme else [])
        _hosts(session, described.hosts)
        if described.format in Session.BOOKED_FORMATS and described.wanted:
            capacity.set_capacity(session, described.capacity, by=COMMAND, at=at)


def _session(event: Event, described: DemoSession, number: int) -> Session:
    live = described.day > 0
    return Session(
        event=event,
        title=described.title,
        slug=slugify(described.title),
        format=described.format,
        summary=described.summary,
        description=described.description or described.summary,
        starts_at=_moment(event, described.day, described.starts) if live else None,
        ends_at=_moment(event, described.day, described.ends) if live else None,
        status=Session.Status.PUBLISHED,
        join_url=f"https://meet.example.org/{number:03}" if live else "",
        meeting_number=f"810 2040 {number:04}" if live else "",
        passcode=f"river{number:02}" if live else "",
        dial_in="+44 20 7946 0001" if live else "",
        recording_url="" if live else f"https://video.example.org/{number:03}",
        is_recorded=described.is_recorded,
        has_captions=described.has_captions,
        has_sign_language=described.has_sign_language,
        supported_by="" if number % 5 == 0 else "Automatic, by the meeting service",
        has_slides_ahead=described.format in (Session.Format.PLENARY, Session.Format.TALK),
        is_camera_optional=described.is_camera_optional,
        content_note=described.content_note,
        support_after=described.support_after,
        ground_rules=described.ground_rules,
    )


def _moment(event: Event, day: int, text: str) -> datetime:
    date_ = event.first_day + timedelta(days=day - 1)
    return datetime.combine(date_, time.fromisoformat(text), tzinfo=SITE_ZONE)


def _hosts(session: Session, names: tuple[str, ...]) -> None:
    for position, name in enumerate(names):
        contributor, _ = Contributor.objects.get_or_create(
            name=name, defaults={"email": HOST_ADDRESSES.get(name, f"{slugify(name)}@example.com")}
        )
        SessionContributor.objects.create(session=session, contributor=contributor, position=position)


def _register(event: Event, people: list[Member], at: datetime) -> None:
    staying_away = {account.email for account in ACCOUNTS if not account.is_registered}
    for number, member in enumerate(people):
        if member.email not in staying_away:
            show_work = bool(member.pk % 3)
            # Many at once, then fewer and fewer, until a week ago.
            since = REGISTRATION - REGISTRATION * (number / len(people)) ** 2 * 0.75
            registration.register(event, member, by=member, at=at - since, show_work=show_work)


def _book(event: Event, at: datetime) -> None:
    """Let the crowd book, each one session of a slot, so that some fill up and some have a waiting list."""
    registered = list(Registration.objects.filter(event=event).select_related("member").order_by("pk"))
    ada = next(one for one in registered if one.member.email == "ada@example.org")
    crowd = [one for one in registered if one.member.email.endswith("@example.net")]
    wanted = sorted((one for one in SESSIONS if one.wanted), key=lambda one: (one.day, one.starts))
    for number, (_, slot) in enumerate(groupby(wanted, key=lambda one: (one.day, one.starts))):
        people = iter(random.Random(number).sample(crowd, len(crowd)))  # noqa: S311  # the same every time
        for described in slot:
            session = Session.objects.get(event=event, title=described.title)
            for turn, person in enumerate(islice(people, described.wanted), 1):
                after = timedelta(minutes=turn * turn * (number + 1) // 2)
                _try_to_book(session, person, at - BOOKING + after)
    for title in ("Draw your ward as a river", "Discharge by lunchtime without a fight", "Rota as kindness"):
        _try_to_book(Session.objects.get(event=event, title=title), ada, at - timedelta(hours=2))
    _move_a_line(Session.objects.get(event=event, title=MOVES), at - timedelta(hours=20))


def _move_a_line(session: Session, at: datetime) -> None:
    """Let somebody give their place up, so that the line moves; and move its last one up, with a reason."""
    last = Booking.objects.waiting().filter(session=session).order_by("ticket").last()
    first = Booking.objects.booked().filter(session=session).order_by("pk").first()
    if first is not None and last is not None:
        booking.cancel(first, by=first.member, at=at)
        waiting_list.move_up(last, at=at + timedelta(hours=1), by=_event_admin(), reason=BECAUSE)


def _leave_one_to_decide(event: Event, at: datetime) -> None:
    """Cancel a session by mistake and bring it back: somebody has booked another one of its time meanwhile.

    An hour ago, so that they have until the day after tomorrow, whenever the demo is loaded.
    """
    by, then = _event_admin(), at - timedelta(hours=1)
    session, other = (Session.objects.get(event=event, title=title) for title in TO_DECIDE)
    booked = Booking.objects.booked().filter(session=session).exclude(member__email="ada@example.org")
    somebody = booked.select_related("registration__member").order_by("pk")[0].registration
    seen = cancelling.look(session, at=then).fingerprint
    cancelling.cancel(session, "Nobody can host it.", seen=seen, by=by, at=then)
    booking.book(other, somebody, by=somebody.member, at=then + timedelta(minutes=2))
    cancelling.bring_back(session, by=by, at=then + timedelta(minutes=5))


def _try_to_book(session: Session, person: Registration, at: datetime) -> None:
    try:
        booking.book(session, person, by=person.member, at=at)
    except BookingRefused:
        return  # they are at another session at that time: like in life
