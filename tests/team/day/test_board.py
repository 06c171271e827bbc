"""The day board says what is on, what starts soon and what has just ended, and what is missing there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import SessionContributor
from hosting.models import Deputy
from live import notices, presence
from live.models import Attendance
from team.day.board import board_of
from tests import make
from tests.make import BY, NOW
from tests.team.day.conftest import AT, LINK, MINUTE, begins
from workshops.places import booking

pytestmark = pytest.mark.django_db
HOST, SUPPORT = presence.Who.HOST, presence.Who.SUPPORT


def board(event, at=AT, **sees):
    event.refresh_from_db()
    return board_of(event, at=at, **{"sees_needs": False, "sees_addresses": True} | sees)


def titles(cards):
    return [one.session.title for one in cards]


def card(event, session, at=AT, **sees):
    found = board(event, at, **sees)
    every = [*found.running, *found.soon, *found.ended, *found.later]
    return next(one for one in every if one.session.pk == session.pk)


def test_sessions_stand_where_they_are_in_the_day(event, on, soon):
    begins(event, -80, "gone")
    begins(event, -200, "long-gone")
    begins(event, 31, "later")
    begins(event, 24 * 60, "tomorrow")
    begins(event, -10, "cancelled", status="cancelled")
    begins(event, -10, "draft", status="draft")

    found = board(event)

    assert titles(found.running) == ["The on"]
    assert titles(found.soon) == ["The soon"]
    assert titles(found.ended) == ["The gone"]
    assert titles(found.later) == ["The later"]
    assert found.later_day == ""


def test_the_day_before_the_first_day_stands_below(event, on, soon):
    found = board(event, AT - timedelta(days=1))

    assert (found.running, found.soon, found.ended) == ([], [], [])
    assert titles(found.later) == ["The on", "The soon"]
    assert found.later_day == "Wednesday 18 November"


def test_a_missing_host_is_said_in_words(event, on, soon):
    assert card(event, on).alarms == ("No host yet, on for 12 minutes",)
    assert card(event, soon).alarms == (
        "No host yet, starts in 5 minutes",
        "No captioner yet, starts in 5 minutes",
    )
    assert board(event).in_short == "1 on now · 1 within 30 minutes · 2 need you"


def test_captions_that_make_themselves_are_nobody_who_could_be_missing(event, soon):
    type(soon).objects.update(supported_by="Automatic, by the meeting service")
    assert card(event, soon).alarms == ("No host yet, starts in 5 minutes",)

    type(soon).objects.update(has_sign_language=True)
    assert card(event, soon).support == "interpreter"


def test_nobody_is_missed_a_quarter_of_an_hour_before_nor_after_the_end(event):
    late, gone = begins(event, 16, "late"), begins(event, -70, "gone")

    assert card(event, late).alarms == ()
    assert card(event, late, AT + MINUTE).alarms == ("No host yet, starts in 15 minutes",)
    assert card(event, gone).alarms == ()


def test_a_tick_of_staff_ends_the_alarm_until_it_is_taken_back(event, soon, tess):
    presence.tick(soon, HOST, by=tess, at=AT)
    presence.tick(soon, HOST, by=tess, at=AT + MINUTE)
    presence.tick(soon, SUPPORT, by=tess, at=AT)

    found = card(event, soon)
    assert (found.alarms, found.host_since, found.hosting.is_ticked) == ((), "10:00", True)

    presence.take_back(soon, HOST, by=tess, at=AT)
    assert card(event, soon).alarms == ("No host yet, starts in 5 minutes",)


def test_a_host_who_pressed_join_is_in_and_a_speaker_is_no_host(event, on):
    hana, sam = make.member("Hana"), make.member("Sam")
    make.host(on, "Hana", member=hana)
    speaker = make.host(on, "Sam", member=sam)
    SessionContributor.objects.filter(contributor=speaker).update(part="speaker")
    for number, one in enumerate((sam, hana)):
        assert bool(card(event, on).hosting.host_in) is False
        Attendance.objects.create(
            session=on, registration=make.registration(event, one), joined_at=AT - number * MINUTE
        )

    assert (card(event, on).alarms, card(event, on).host_since) == ((), "09:59")


def test_who_should_be_there_and_who_stands_in_are_named_with_how_to_reach_them(event, on):
    hana = make.host(on, "Hana", email="hana@hosts.example")
    link = SessionContributor.objects.get(contributor=hana)
    dee = make.member("Dee", email="dee@hosts.example")
    deputy = make.host(begins(event, 200, "other"), "Dee", email="", member=dee)
    Deputy.objects.create(of=link, contributor=deputy, name="Dee D", named_at=NOW)

    found = card(event, on).hosting
    assert [(one.name, one.address) for one in found.hosts] == [("Hana", "hana@hosts.example")]
    assert [(one.name, one.address, one.stands_in_for) for one in found.deputies] == [
        ("Dee D", "dee@hosts.example", "Hana")
    ]
    unseen = card(event, on, sees_addresses=False).hosting
    assert [one.address for one in (*unseen.hosts, *unseen.deputies)] == ["", ""]


def test_it_counts_who_has_joined_of_who_has_a_place(event, on):
    for number in range(3):
        registration = make.registration(event, make.member())
        booking.book(on, registration, by=BY, at=NOW)
        if number:
            Attendance.objects.create(session=on, registration=registration, joined_at=AT)
    assert card(event, on).who_comes == "2 of 3 joined"

    Attendance.objects.filter(registration=registration).update(came=False, decided_by="team", decided_at=AT)
    assert card(event, on).who_comes == "1 of 3 joined"


def test_gaps_clashes_and_notices_stand_with_the_session(event, on, soon, tess):
    type(on).objects.filter(pk=on.pk).update(join_url="", room="Room 2")
    begins(event, 10, "twice", room="Room 2", join_url=LINK)
    notices.put(event, "All of it.", by=tess, at=AT)
    notices.put(event, "This one.", session=on, by=tess, at=AT)

    found = card(event, on)
    assert [one.words for one in found.gaps] == ["No joining link"]
    assert found.clashes == ("Room 2 is also the room of “The twice”, 10:10 to 11:10.",)
    assert [one.words for one in found.notices] == ["This one."]
    assert [one.words for one in board(event).notices] == ["All of it."]


def test_it_asks_the_same_for_one_session_and_for_three_hundred(event, on, tess):
    def asked():
        event.refresh_from_db()
        with CaptureQueriesContext(connection) as queries:
            board_of(event, sees_needs=True, sees_addresses=True, at=AT)
        return len(queries)

    make.agreed(make.host(on), event)
    asked()
    few = asked()
    for number in range(300):
        session = begins(event, number % 60 - 30, f"of-{number}")
        hana = make.host(session, f"Host {number}")
        link = SessionContributor.objects.get(contributor=hana)
        Deputy.objects.create(of=link, contributor=hana, name="D", named_at=NOW)
        presence.tick(session, HOST, by=tess, at=AT)
    asked()

    assert asked() == few
