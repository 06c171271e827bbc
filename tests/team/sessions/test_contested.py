"""What the team sees of places that are to be decided since a session has moved."""

from datetime import timedelta

import pytest

from events.models import Session
from team.sessions import lists
from team.sessions.people import people
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.places import state
from workshops.letters import session_words
from workshops.models import SessionWords
from workshops.places import booking
from workshops.programme import cancelling, changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def moved(event, huddle) -> Session:
    """The huddle, moved onto a session that Ada has booked besides; Bo has booked it alone."""
    ada, bo = state.registered(event, "Ada", "Bo")
    other = make.workshop(event, hour=14, title="Letters")
    for session, who in ((huddle, ada), (other, ada), (huddle, bo)):
        booking.book(session, who, by=BY, at=NOW)
    session = make.later(Session.objects.select_related("event").get(pk=huddle.pk), timedelta(hours=4))
    changes.save_session(session, by=BY, at=NOW)
    return session


def rows(session: Session, *, before: timedelta) -> list[tuple[str, str]]:
    shown = people(session, at=found(session.starts_at) - before)
    return [(one.member.name, one.note) for one in shown.contested]


def test_the_session_says_who_is_to_decide_what_and_until_when(moved):
    assert rows(moved, before=timedelta(days=16)) == [
        ("Ada", "It overlaps “Letters” since a session moved. To decide until Wed 4 Nov, 10:00.")
    ]
    assert [one.member.name for one in people(moved, at=NOW).booked] == ["Bo"]


def test_of_a_session_that_was_brought_back_it_does_not_say_that_it_has_moved(desk, event, huddle):
    [ada] = state.registered(event, "Ada")
    booking.book(huddle, ada, by=BY, at=NOW)
    cancelling.cancel(huddle, "", seen=cancelling.look(huddle, at=NOW).fingerprint, by=BY, at=NOW)
    booking.book(make.workshop(event, title="Letters"), ada, by=BY, at=NOW)
    cancelling.bring_back(huddle, by=BY, at=NOW)

    assert rows(Session.objects.get(pk=huddle.pk), before=timedelta(days=16)) == [
        (
            "Ada",
            "It overlaps “Letters” since this session was brought back. To decide until Wed 4 Nov, 10:00.",
        )
    ]
    page = flat(desk.get(f"/team/events/2026/sessions/{huddle.slug}/").text)
    assert "They have another place at the same time." in page
    assert "moved" not in page


def test_where_there_is_little_time_left_it_says_to_telephone(event, huddle):
    [ada] = state.registered(event, "Ada")
    other = make.workshop(event, hour=14, title="Letters")
    for session in (huddle, other):
        booking.book(session, ada, by=BY, at=NOW)
    session = make.later(Session.objects.select_related("event").get(pk=huddle.pk), timedelta(hours=4))
    changes.save_session(session, by=BY, at=found(other.starts_at) - timedelta(hours=3))

    assert rows(session, before=timedelta(hours=3)) == [
        (
            "Ada",
            "It overlaps “Letters” since a session moved. To decide until Wed 18 Nov, 14:00. "
            "Telephone them: an email may come too late.",
        )
    ]


def test_the_page_leads_to_keeping_it_for_them(desk, moved):
    page = flat(desk.get(f"/team/events/2026/sessions/{moved.slug}/").text)

    assert "To decide: 1" in page
    ada = people(moved, at=NOW).contested[0].member
    assert f'href="/team/people/{ada.pk}/sessions/{moved.pk}/decide/"' in page


def test_the_attendance_list_marks_who_is_to_decide(moved):
    _, found_rows = lists.attendance(moved, for_team=False)

    assert [name for name, *_ in found_rows] == ["Ada (to decide)", "Bo"]


def test_a_message_to_all_with_a_place_reaches_who_is_to_decide(moved):
    assert session_words.how_many(moved, SessionWords.Group.BOOKED) == 2
