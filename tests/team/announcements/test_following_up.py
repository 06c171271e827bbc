"""Who was there, and who was not, are audiences; after an event both are written to, by the team."""

from datetime import timedelta

import pytest

from live import attendance
from live.models import Attendance
from members.models import Member
from notifications.models import Message
from team.announcements import audiences, following_up
from team.announcements.refusals import AnnouncementRefused
from team.models import Announcement
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.team.announcements.announcing import draft
from workshops.places import booking

pytestmark = pytest.mark.django_db


@pytest.fixture
def tess():
    return make.member("Tess", membership="ended")


@pytest.fixture
def session(event):
    """Ada and Bo have a place, Ada was there; Cy is registered, and was in another session."""
    made, other = make.workshop(event), make.workshop(event, hour=12)
    places = {"Ada": made, "Bo": made, "Cy": other}
    theirs = {}
    for name, one in places.items():
        theirs[name] = make.registration(event, make.member(name))
        booking.book(one, theirs[name], by=BY, at=NOW)
    attendance.note_joined(theirs["Ada"], made, by=BY, at=found(made.starts_at))
    attendance.note_joined(theirs["Cy"], other, by=BY, at=found(other.starts_at))
    make.registration(event, make.member("Di"))
    return made


def names(tess, audience, event, sessions=()):
    told = draft(tess, audience, event=event, sessions=sessions)
    return sorted(audiences.members(told).values_list("name", flat=True))


def test_those_who_were_in_a_session_and_those_who_missed_it(event, session, tess):
    assert names(tess, "came", event, [session]) == ["Ada"]
    assert names(tess, "missed", event, [session]) == ["Bo"]


def test_of_a_whole_event_whoever_had_a_place_where_something_was_noted_was_expected(event, session, tess):
    assert names(tess, "came", event) == ["Ada", "Cy"]
    assert names(tess, "missed", event) == ["Bo"]


def test_where_nobody_books_whoever_is_registered_was_expected_but_hosts(event, session, tess):
    plenary = make.session(event, format="plenary")
    ed = make.registration(event, make.member("Ed"))
    make.host(session, "Bo", member=Member.objects.get(name="Bo"))
    attendance.note_joined(ed, plenary, by=BY, at=found(plenary.starts_at))

    assert names(tess, "missed", event, [plenary]) == ["Ada", "Cy", "Di"]


def test_what_was_decided_counts_more_than_what_was_pressed(event, session, tess):
    ada = Attendance.objects.get(session=session).registration
    at = found(session.starts_at)
    attendance.correct(session, ada, came=False, source=Attendance.Source.HOST, by=BY, at=at)
    make.known_to_the_planner()

    assert names(tess, "came", event, [session]) == []


def test_nobody_missed_a_session_in_which_nothing_was_noted(event, session, tess):
    quiet = make.workshop(event, hour=14)
    booking.book(quiet, make.registration(event, make.member("Ed")), by=BY, at=NOW)

    assert names(tess, "missed", event, [quiet]) == []


def test_two_drafts_are_prepared_once_and_nothing_is_sent(event, session, tess):
    over = NOW + timedelta(days=20)

    made = following_up.prepare(event, by=tess, at=over)
    again = following_up.prepare(event, by=tess, at=over)

    assert ([one.audience for one in made], again) == (["came", "missed"], [])
    assert set(Announcement.objects.values_list("state", flat=True)) == {"draft"}
    came, missed = (one.words for one in made)
    assert all(link in came for link in ("{feedback link}", "{record link}", "{on demand link}"))
    assert "{on demand link}" in missed
    assert "{record link}" not in missed
    assert not Message.objects.filter(kind="announcement").exists()


def test_before_the_event_is_over_none_are_prepared(event, session, tess):
    with pytest.raises(AnnouncementRefused, match="not over yet"):
        following_up.prepare(event, by=tess, at=found(session.ends_at))

    assert not Announcement.objects.exists()
