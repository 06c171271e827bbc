"""The next event on the team's first page: days to go, who is registered, the picture of the days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from events.models import Registration
from team.front.event import DAYS, HEIGHT, NextEvent, lately_over, next_event
from tests import make
from tests.contracts import people
from tests.markup import flat

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 6, 10, 12, tzinfo=LONDON)


def event(days=20, **fields):
    """An event that begins so many days from noon."""
    first = NOON.date() + timedelta(days=days)
    return make.event(first_day=first, last_day=first + timedelta(days=1), **fields)


def found(*, at=NOON) -> NextEvent:
    """The next event; there is one."""
    there = next_event(at=at)
    assert there is not None
    return there


def registered(one, *moments, status="confirmed"):
    for number, moment in enumerate(moments):
        made = make.registration(one, make.member(f"{status} {number}"))
        Registration.objects.filter(pk=made.pk).update(created_at=moment, status=status)


def test_for_four_weeks_after_an_event_the_first_page_leads_to_its_report():
    over = event(-10, slug="2026")
    event(-300)
    event(-5, status="draft")

    with time_machine.travel(NOON, tick=False):
        page = people.reader(people.staff("Event admin")).get("/team/")
        other = people.reader(people.staff("Moderator")).get("/team/")

    assert 'href="/team/events/2026/report/"' in page.text
    assert "report/" not in other.text
    assert lately_over(at=NOON) == over
    assert lately_over(at=NOON + timedelta(days=20)) is None


def test_days_to_go_are_those_of_the_event():
    event(2)

    assert found(at=NOON).when == "2 days to go."
    assert next_event(at=NOON + timedelta(days=4)) is None


def test_from_the_day_before_on_it_says_what_is_on_and_what_comes():
    one = event(1)
    for day, hour in ((0, 9), (0, 13), (1, 8.5)):
        make.session(one, day=day, hour=hour, hours=3)
    after = [timedelta(days=days, hours=hours) for days, hours in ((0, 0), (1, 0), (1, 6), (2, 0), (2, 6))]

    assert [found(at=NOON + more).when for more in after] == [
        "It starts tomorrow at 10:00.",
        "It is on now. 1 session is on, 1 to come today.",
        "Day 2 starts tomorrow at 09:30.",
        "It is on now. 1 session is on, 0 to come today.",
        "It is over.",
    ]


def test_a_draft_whose_days_have_come_says_so():
    event(0, status="draft")

    assert found().when == "It is a draft, and its days have come."


def test_the_nearest_counts_drafts_too_and_what_is_cancelled_does_not():
    event(5, status="cancelled")
    near, _far = event(9, status="draft", title="Near"), event(30)

    assert found().event == near


def test_who_waits_is_told_apart_and_who_cancelled_is_not_counted():
    one = event()
    registered(one, NOON, NOON)
    registered(one, NOON, status="received")
    registered(one, NOON, status="cancelled")

    there = found()

    assert there.registered == "2 people are registered, 1 waits for a place or an approval."
    assert there.lately == "3 of them in the last seven days."


def test_a_day_is_one_of_the_events_zone():
    one = event()
    late = datetime(2026, 6, 8, 23, 30, tzinfo=LONDON)  # still the seventh hour of the evening elsewhere
    registered(one, late, late + timedelta(hours=1))

    days = [(bar.day, bar.number) for bar in found().days]

    assert days == [(date(2026, 6, 9), 1), (date(2026, 6, 8), 1)]


def test_the_highest_bar_fills_the_picture_and_one_person_is_seen_beside_a_thousand():
    one = event()
    registered(one, *[NOON] * 3, NOON - timedelta(days=3))

    bars = found().bars

    assert len(bars) == DAYS
    assert (bars[-1].height, bars[-1].y) == (HEIGHT, 0)
    assert (bars[-4].height, bars[-4].y) == (HEIGHT // 3, HEIGHT - HEIGHT // 3)
    assert {bar.height for bar in bars[:-4]} == {0}
    assert [bar.x for bar in bars] == sorted({bar.x for bar in bars})


def test_what_is_older_than_the_picture_is_in_the_number_alone():
    registered(event(), NOON - timedelta(days=DAYS))

    there = found()

    assert there.registered == "1 person is registered."
    assert (there.lately, there.bars) == ("", [])


def test_the_page_has_the_picture_as_a_table_too():
    one = make.event_ahead()
    registered(one, timezone.now())

    text = flat(people.reader(people.staff("Support")).get("/team/").text)

    assert "1 person is registered." in text
    assert "The same as a table" in text


def test_an_event_is_over_when_its_last_day_is_over_where_it_takes_place():
    far = make.event(
        first_day=date(2026, 6, 10), last_day=date(2026, 6, 10), time_zone="America/Los_Angeles", title="Far"
    )
    night = datetime(2026, 6, 11, 3, tzinfo=LONDON)  # the evening before over there

    assert found(at=night).event == far
    type(far).objects.update(time_zone="Europe/London")
    assert next_event(at=datetime(2026, 6, 11, 0, 30, tzinfo=LONDON)) is None


def test_who_may_not_see_events_sees_none():
    make.event_ahead(title="Secret gathering")

    assert "Secret gathering" not in people.reader(people.staff("Moderator")).get("/team/").text


@pytest.mark.parametrize(("days", "leads"), [(3, False), (1, True), (0, True)])
def test_while_it_is_near_the_day_board_comes_before_all_that_is_to_do(days, leads):
    event(days, slug="2026")
    support = people.reader(people.staff("Support"))

    with time_machine.travel(NOON, tick=False):
        first = support.get("/team/").text.partition("<h2")[0]

    assert ('href="/team/events/2026/day/"' in first) == leads
