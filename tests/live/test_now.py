"""Now and next as the day goes on: what is on, what comes, the big button, and the words of each phase."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from events.models import Event, Registration, Session
from events.programme.cache_version import raise_version
from live import attendance, notices, reading, version
from live.models import Attendance
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from workshops.places import booking, waiting_list
from workshops.programme import changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
PAGE = "/events/2026/live/"


def at(hour: int, minute: int = 0, day: int = 18) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026")


@pytest.fixture
def ada(event: Event) -> Registration:
    """She has two workshops; a plenary is between them, and stalls are open beside the first."""
    hers = make.registration(event, make.member("Ada"))
    for title, hour in (("Flow", 10), ("Rest", 14)):
        session = make.workshop(event, title=title, slug=title.lower(), hour=hour, join_url=link(title))
        booking.book(session, hers, by=BY, at=NOW)
    make.session(event, title="All of us", slug="all", hour=12, format="plenary", join_url=link("all"))
    make.session(event, title="Stalls", slug="stalls", hour=10, format="marketplace", join_url=link("stalls"))
    make.session(event, title="Second day", slug="second", day=1, format="plenary")
    return hers


def link(name: str) -> str:
    return f"https://join.example/{name}"


def page(who: Registration, moment: datetime) -> reading.NowAndNext:
    who.event = Event.objects.get(pk=who.event_id)
    return reading.now_and_next(who, at=moment)


def titles(found: Any) -> list[str]:
    return [one.session.title for one in found]


def text(who: Any, moment: datetime, path: str = PAGE) -> str:
    with time_machine.travel(moment, tick=False):
        answer = people.reader(who).get(path)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("moment", "now", "following", "first"),
    [
        (at(9, 44), [], ["Flow"], None),
        (at(9, 45), ["Flow"], ["All of us"], "Flow"),
        (at(10, 59), ["Flow"], ["All of us"], "Flow"),
        (at(11), ["Flow"], ["All of us"], None),
        (at(11, 30), [], ["All of us"], None),
        (at(12, 30), ["All of us"], ["Rest"], "All of us"),
        (at(14, 20), ["Rest"], [], "Rest"),
        (at(15, 20), ["Rest"], [], None),
    ],
)
def test_the_day_as_it_goes(ada, moment, now, following, first):
    seen = page(ada, moment)

    assert (titles(seen.now), titles(seen.following)) == (now, following)
    assert (seen.first.session.title if seen.first else None) == first
    assert titles(seen.today) == ["Flow", "All of us", "Rest"]


def test_what_is_open_to_all_at_the_time_of_what_is_theirs_stands_below(ada):
    assert titles(page(ada, at(8, 30)).open_next) == ["Stalls"]
    assert titles(page(ada, at(10)).open_now) == ["Stalls"]
    assert titles(page(ada, at(11, 40)).open_now) == []


def test_there_is_one_big_join_and_the_others_are_quieter(ada):
    shown = text(ada.member, at(10, 5))

    assert shown.count('class="btn btn-call"') == 1
    assert shown.count("/join/") == 2
    assert link("Flow") not in shown


def test_a_host_joins_theirs_at_any_time_of_the_day(ada):
    hana = make.registration(ada.event, make.member("Hana"))
    make.host(Session.objects.get(slug="rest"), "Hana", member=hana.member)
    raise_version(ada.event_id)

    seen = page(hana, at(8))

    rest = next(one for one in seen.today if one.session.slug == "rest")
    assert (rest.is_hosted, rest.shows_join) == (True, True)
    assert not next(one for one in seen.today if one.session.slug == "all").shows_join


def test_the_page_names_the_next_moment_at_which_it_is_another(ada):
    moments = [page(ada, one).changes_at for one in (at(9, 20), at(9, 46), at(10), at(11), at(13, 35))]

    assert moments == [at(9, 30), at(9, 50), at(11), at(11, 30), at(13, 45)]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW, "On the days of the event you join your sessions here."),
        (at(12, day=17), "It starts tomorrow at 10:00."),
        (at(12, day=17), "Tomorrow: 3 sessions, the first at 10:00."),
        (at(7), "Today: 3 sessions, the first at 10:00."),
        (at(16), "Day 2 starts tomorrow at 10:00."),
        (at(12, day=19), "This event is over."),
    ],
)
def test_each_phase_has_its_words_on_it(ada, moment, words):
    assert words in text(ada.member, moment)


def test_of_what_was_called_off_it_says_so_and_offers_nothing(ada):
    Event.objects.update(status="cancelled")

    shown = text(ada.member, at(10, 5))

    assert ("This event has been cancelled." in shown, "/join/" in shown) == (True, False)


def test_afterwards_it_says_where_they_were(ada):
    flow, rest = (Session.objects.get(slug=slug) for slug in ("flow", "rest"))
    attendance.note_joined(ada, flow, at=at(10), by=ada.member)
    attendance.note_joined(ada, rest, at=at(14), by=ada.member)
    attendance.correct(rest, ada, came=False, source=Attendance.Source.HOST, at=at(15), by=BY)

    seen = reading.attended(ada, ada.event)

    assert titles(seen) == ["Flow"]
    assert "Where you were" in text(ada.member, at(12, day=19))


def test_afterwards_it_leads_to_the_record_of_what_they_attended(ada):
    before = text(ada.member, at(9, day=20))
    attendance.note_joined(ada, Session.objects.get(slug="flow"), at=at(10), by=ada.member)

    assert "/cpd/" not in before
    assert 'href="/events/2026/cpd/"' in text(ada.member, at(9, day=20))


def test_the_team_reads_on_a_persons_page_where_they_were(ada):
    tess, path = people.staff("Support"), f"/team/people/{ada.member_id}/?event=2026"
    attendance.note_joined(ada, Session.objects.get(slug="flow"), at=at(10), by=ada.member)

    assert "It is noted that they were in:" in text(tess, at(12), path)
    assert "It is noted that they were in:" not in text(tess, at(12, day=17), path)


def test_no_other_member_sees_where_somebody_was(ada):
    bo = make.registration(ada.event, make.member("Bo"))
    flow = Session.objects.get(slug="flow")
    booking.book(flow, bo, by=BY, at=NOW)
    paths = (PAGE, "/events/2026/sessions/flow/", "/events/2026/agenda/", "/events/2026/", "/")

    before = [without_tokens(text(bo.member, at(10, 30), path)) for path in paths]
    attendance.note_joined(ada, flow, at=at(10), by=ada.member)
    attendance.say(ada, flow, at=at(10, 20), by=ada.member)

    assert [without_tokens(text(bo.member, at(10, 30), path)) for path in paths] == before


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_where_people_come_the_room_stands_there_in_place_of_join(ada):
    Event.objects.update(place="in-person")
    Session.objects.update(join_url="")
    Session.objects.filter(slug="flow").update(room="Room 4")
    raise_version(ada.event_id)

    shown = text(ada.member, at(10, 5))

    assert ("Room 4" in shown, "/join/" in shown, "The link is not here yet" in shown) == (True, False, False)
    assert "The team at the door tells you which room." in text(ada.member, at(12, 5))


def test_an_online_session_without_a_link_says_what_to_do(ada):
    Session.objects.filter(slug="flow").update(join_url="")
    raise_version(ada.event_id)

    assert "The link is not here yet. Look again in a minute" in text(ada.member, at(10, 5))


def test_who_has_said_or_pressed_is_not_asked_again(ada):
    assert "I was there" in text(ada.member, at(10, 5))
    attendance.note_joined(ada, Session.objects.get(slug="flow"), at=at(10), by=ada.member)

    shown = text(ada.member, at(10, 5))

    assert "Noted: you were there" in shown
    assert "/flow/was-there/" not in shown


def test_who_said_it_by_mistake_takes_it_back_on_the_same_page(ada):
    with time_machine.travel(at(10, 5), tick=False):
        reader = people.reader(ada.member)
        said = reader.post("/events/2026/live/sessions/flow/was-there/", {"next": PAGE}, follow=True).text
        back = reader.post("/events/2026/live/sessions/flow/was-not-there/", {"next": PAGE}, follow=True).text

    assert "I was not there" in said
    assert "Taken back: “Flow”." in back
    assert "I was not there" not in back
    assert "I was there" in back


def test_a_place_that_is_free_in_the_last_half_hour_is_said_here(event):
    full = make.workshop(event, capacity=1, title="Full", hour=10)
    bo, cy = (make.registration(event, make.member(name)) for name in ("Bo", "Cy"))
    booked = booking.book(full, bo, by=BY, at=NOW)
    booking.book(full, cy, by=BY, at=NOW)
    booking.cancel(booked, by=bo.member, at=at(9, 40))
    waiting_list.serve(full.pk, at=at(9, 40))

    assert titles(page(cy, at(9, 41)).free) == ["Full"]
    assert "A place is free: take it now" in text(cy.member, at(9, 41))


def test_who_is_not_registered_is_led_to_what_they_can_do(event):
    with time_machine.travel(at(10), tick=False):
        answer = people.reader(make.member("Cy")).get(PAGE)

    assert (answer.status_code, answer["Location"]) == (302, "/events/2026/agenda/")


def test_join_stands_with_its_session_where_another_one_comes_next(ada):
    shown = text(ada.member, at(10, 5), "/")
    of_theirs = shown.partition('class="their-day"')[2]

    assert shown.count("btn-call") == 1
    assert of_theirs.index(">Flow<") < of_theirs.index("/flow/join/") < of_theirs.index(">All of us<")


@pytest.mark.parametrize("name", ["home", "events:event", "workshops:agenda"])
def test_on_the_day_pages_lead_there_and_join_by_one_press(ada, name):
    path = reverse(name, args=[] if name == "home" else ["2026"])

    before, on = (text(ada.member, moment, path) for moment in (at(9, 44), at(9, 45)))

    assert f'href="{PAGE}"' in before
    assert ("/live/sessions/flow/join/" in before, "/live/sessions/flow/join/" in on) == (False, True)
    assert f'href="{PAGE}"' not in text(ada.member, NOW, path)


def asked(etag: str = ""):
    return people.reader(None).get(f"{PAGE}version/", headers={"If-None-Match": etag} if etag else {})


def test_one_answer_for_all_says_whether_something_has_changed(ada, django_assert_num_queries):
    first = asked()
    with django_assert_num_queries(2):
        again = asked(first["ETag"])

    assert (first.status_code, again.status_code) == (200, 304)
    assert "public" in first["Cache-Control"]
    assert ("Set-Cookie" in first, "Cookie" in first.get("Vary", "")) == (False, False)
    assert first.json()["version"] in text(ada.member, at(10))


def moved(session):
    session.starts_at, session.ends_at = (
        session.starts_at + timedelta(hours=1),
        session.ends_at + timedelta(hours=1),
    )


def linked(session):
    session.join_url = "https://join.example/new"


def roomed(session):
    session.room = "Room 9"


@pytest.mark.parametrize("change", [moved, linked, roomed])
def test_whatever_changes_a_minute_before_changes_that_answer(ada, change):
    before = asked()["ETag"]
    flow = Session.objects.get(slug="flow")
    change(flow)

    changes.save_session(flow, by=BY, at=at(9, 59))

    assert asked(before).status_code == 200


def test_a_place_that_comes_free_in_the_last_half_hour_changes_it(event):
    full = make.workshop(event, capacity=1, hour=10)
    bo, cy = (make.registration(event, make.member(name)) for name in ("Bo", "Cy"))
    booked = booking.book(full, bo, by=BY, at=NOW)
    booking.book(full, cy, by=BY, at=NOW)

    before = [version.of_event("2026", at=one) for one in (at(9, 20), at(9, 41))]
    booking.cancel(booked, by=bo.member, at=at(9, 40))

    after = [version.of_event("2026", at=one) for one in (at(9, 20), at(9, 41))]
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)


def test_a_notice_of_the_team_changes_it_and_stands_on_top(ada):
    before = asked()["ETag"]

    notices.put(ada.event, "We run ten minutes late.", by=people.admin(), at=at(10))

    assert asked(before).status_code == 200
    assert "We run ten minutes late." in text(ada.member, at(10, 1))
