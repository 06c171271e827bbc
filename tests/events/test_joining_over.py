"""Half an hour after a session how to join it is shown nowhere and to nobody; until then where it was."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from events import joining_details
from events.models import Event, Session
from members.models import Member
from members.privacy import export
from notifications.models import Message
from notifications.resend import send_again
from tests import letters, make
from tests.contracts import people
from tests.found import found
from tests.make import BY, NOW
from workshops import notices
from workshops.letters import calendar_feed
from workshops.places import booking

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("site_address")]

SECRETS: dict[str, Any] = {
    "join_url": "https://join.example/S3CRET1",
    "meeting_number": "S3CRET2",
    "passcode": "S3CRET3",
    "dial_in": "S3CRET4",
}
#: The session lasts from 10:00 to 11:00 on the first of two days.
LAST = datetime(2026, 11, 18, 11, 29, 59, tzinfo=UTC)
LEFT = LAST + timedelta(seconds=1)
#: From when on whoever has a place joins it.
FIRST = datetime(2026, 11, 18, 9, 45, tzinfo=UTC)
PAGE = "/events/2026/sessions/huddle/"
WAY = "/events/2026/live/sessions/huddle/"
NOW_AND_NEXT = "/events/2026/live/"
HOSTS = "/events/2026/hosting/sessions/huddle/"


@pytest.fixture
def ada() -> Member:
    """She has booked the huddle, which Hana hosts; there is another session on the next day."""
    event = make.event(slug="2026")
    huddle = make.workshop(event, slug="huddle", title="The huddle", **SECRETS)
    make.session(event, day=1, format="plenary")
    hana = make.host(huddle, "Hana", email="hana@hosts.example")
    make.invited(hana, event)
    make.agreed(hana, event)
    hers = make.registration(event, make.member("Ada"))
    booking.book(huddle, hers, by=BY, at=NOW)
    return hers.member


def secrets_in(text: str) -> set[str]:
    return {word for word in SECRETS.values() if word in text}


def shown(member: Member | None, path: str, at: datetime) -> set[str]:
    """Return which of the secrets somebody reads at an address."""
    with time_machine.travel(at, tick=False):
        answer = people.reader(member).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return secrets_in(answer.getvalue().decode())


def host() -> Member:
    return make.member("Hana", email="hana@hosts.example")


def of_the_team() -> Member:
    return people.staff("Event admin", "Support")


@pytest.mark.parametrize(
    ("path", "besides"), [(PAGE, set()), (WAY, {SECRETS["join_url"]}), (NOW_AND_NEXT, set())]
)
def test_who_is_registered_reads_the_numbers_and_finds_the_link_behind_join(ada, path, besides):
    numbers = set(SECRETS.values()) - {SECRETS["join_url"]}

    assert shown(ada, path, FIRST) == numbers | besides
    assert shown(ada, path, LAST) == numbers | besides


@pytest.mark.parametrize("at", [NOW, FIRST - timedelta(seconds=1), LEFT])
@pytest.mark.parametrize("path", [PAGE, WAY, NOW_AND_NEXT])
def test_until_a_quarter_of_an_hour_before_and_after_it_no_page_of_theirs_shows_any_of_it(ada, path, at):
    with time_machine.travel(at, tick=False):
        answer = people.reader(ada).get(path, follow=True)

    assert answer.status_code == 200
    assert secrets_in(answer.text) == set()


@pytest.mark.parametrize("who", ["host", "team"])
def test_whoever_hosts_or_is_staff_joins_at_any_time(ada, who):
    reader = host() if who == "host" else of_the_team()

    assert shown(reader, PAGE, NOW) == set(SECRETS.values())
    assert shown(reader, WAY, NOW) == set(SECRETS.values())


@pytest.mark.parametrize(
    ("who", "path"),
    [("host", PAGE), ("host", HOSTS), ("team", PAGE), ("admin", PAGE)],
)
def test_its_page_shows_it_to_whoever_may_join_until_then_and_to_nobody_after(ada, who, path):
    readers: dict[str, Any] = {"host": host, "team": of_the_team, "admin": people.admin}
    reader = readers[who]()

    assert shown(reader, path, LAST) == set(SECRETS.values())
    assert shown(reader, path, LEFT) == set()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/events/2026/",
        "/events/2026/programme/",
        "/events/2026/agenda/",
        "/events/2026/agenda/now/",
        "/events/2026/agenda/places/",
        "/events/2026/live/version/",
        "/search/?q=huddle",
        "/calendar/",
    ],
)
@pytest.mark.parametrize("at", [LAST, LEFT])
def test_no_other_page_of_a_member_shows_it_before_or_after(ada, path, at):
    with time_machine.travel(at, tick=False):
        answer = people.reader(ada).get(path)

    assert answer.status_code in (200, 404)
    assert secrets_in(answer.getvalue().decode()) == set()


@pytest.mark.parametrize("at", [LAST, LEFT])
def test_the_teams_page_of_the_session_does_not_show_it(ada, at):
    assert shown(of_the_team(), "/team/events/2026/sessions/huddle/", at) == set()
    assert shown(of_the_team(), "/team/events/2026/", at) == set()


@pytest.mark.parametrize("at", [LAST, LEFT])
def test_no_calendar_file_holds_it(ada, at):
    with time_machine.travel(at, tick=False):
        calendar_feed.make_address(ada, at=NOW)
        feed = Client().get(urlsplit(calendar_feed.address(ada)).path)

    assert feed.status_code == 200
    assert "The huddle" in feed.content.decode()
    assert secrets_in(feed.content.decode().replace("\r\n ", "")) == set()


def test_no_letter_holds_it_nor_a_calendar_part_that_is_sent_later(ada):
    letters.deliver(NOW + timedelta(hours=1))
    notices.queue_agenda(ada.registrations.get(), LEFT)
    first = Message.objects.filter(kind="agenda", state="sent").first()
    send_again(found(first), by=people.admin(), at=LEFT)

    sent = letters.deliver(LEFT + timedelta(minutes=5))

    assert sent
    assert [secrets_in(mail.message().as_string()) for mail in sent] == [set()] * len(sent)
    assert [secrets_in(str(one.to_ical())) for mail in sent for one in letters.calendars(mail)] == [
        set() for mail in sent for _ in letters.calendars(mail)
    ]


def test_what_a_member_takes_away_of_their_data_does_not_hold_it(ada):
    export.ask(ada, by=ada, at=LEFT)
    export.make_due(clock=lambda: LEFT)

    with zipfile.ZipFile(io.BytesIO(export.read(found(export.latest(ada))))) as archive:
        held = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "The huddle" in held
    assert secrets_in(held) == set()


def test_the_last_session_of_an_event_is_joined_after_midnight_too():
    event = make.event(slug="2026", last_day=date(2026, 11, 18))
    night = make.session(event, hour=23, hours=2, slug="huddle", **SECRETS)
    ada = make.registration(event, make.member("Ada")).member
    ends = datetime(2026, 11, 19, 1, tzinfo=UTC)

    assert event.is_over(ends)
    assert shown(ada, WAY, ends + timedelta(minutes=29)) == set(SECRETS.values())
    assert shown(ada, PAGE, ends + timedelta(minutes=30)) == set()
    assert joining_details.is_left(night, at=ends + timedelta(minutes=30))


def test_of_an_event_that_is_put_away_or_a_session_without_a_time_nothing_is_joined_any_more():
    event = make.event(slug="2026")
    on_demand = make.session(event, starts_at=None, ends_at=None, **SECRETS)
    over = datetime(2026, 11, 20, tzinfo=UTC)

    assert [joining_details.is_left(on_demand, at=at) for at in (over - timedelta(seconds=1), over)] == [
        False,
        True,
    ]
    event.status = Event.Status.ARCHIVED
    assert joining_details.is_left(Session(event=event), at=NOW)


@pytest.mark.parametrize(
    ("place", "where", "joins"), [("online", False, True), ("in-person", True, False), ("both", True, True)]
)
def test_where_people_come_the_room_stands_there_in_place_of_joining(place, where, joins):
    event = make.event(slug="2026", place=place, venue="The Mill\nUp the hill.")
    details: dict[str, Any] = SECRETS if joins else {}
    make.session(event, slug="huddle", room="Room 4", **details)
    ada = make.registration(event, make.member("Ada")).member
    with time_machine.travel(LAST, tick=False):
        page = people.reader(ada).get(PAGE).text

    assert ('id="where"' in page, "/live/sessions/huddle/join/" in page) == (where, joins)
