"""On the day several of the team press at once: one notice stands, one link is saved, all is mailed once."""

from datetime import timedelta
from functools import partial

import pytest

from events.models import Session
from live import joining_letter, late, new_link, notices, presence
from live.models import JoiningLetter, Notice, Presence
from live.new_link import ChangedMeanwhile
from members.models import Member
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.races.together import Act as Begun
from tests.races.together import holding, until_blocked
from workshops.places import booking

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]
#: Five minutes before the session.
AT = NOW - timedelta(minutes=5)
SESSION = "SELECT 1 FROM events_session WHERE id = %s FOR NO KEY UPDATE"
EVENT = "SELECT 1 FROM events_event WHERE id = %s FOR NO KEY UPDATE"


def soon() -> tuple[Session, list[Member]]:
    """A session that begins at ``NOW``, in which Ada has a place, and four of the team."""
    event = make.event(first_day=NOW.date(), last_day=NOW.date())
    session = make.workshop(event, hour=NOW.hour, join_url="https://meet.example/1")
    booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=AT - timedelta(days=1))
    return session, [people.staff("Event admin") for _ in range(4)]


def at_once(row: str, pk: int, acts):
    """Begin all while somebody else has the row, so that each has to wait for its lock; the results."""
    with holding(row, pk):
        begun = [Begun(act) for act in acts]
        until_blocked(len(acts))
    return [one.wait() for one in begun]


def test_of_notices_put_up_at_once_one_stands():
    session, team = soon()
    acts = [
        partial(notices.put, session.event, f"Notice {number}.", by=one, at=AT)
        for number, one in enumerate(team)
    ]

    results = at_once(EVENT, session.event_id, acts)

    assert [one for one in results if isinstance(one, Exception)] == []
    assert Notice.objects.count() == 4
    assert Notice.objects.standing().count() == 1


def test_of_new_links_saved_at_once_the_first_stands_and_the_others_look_again():
    session, team = soon()
    seen = new_link.seen_as(session)
    acts = [
        partial(
            new_link.change,
            session,
            {
                "join_url": f"https://meet.example/{number}x",
                "meeting_number": "",
                "passcode": "",
                "dial_in": "",
            },
            seen=seen,
            by=one,
            at=AT,
        )
        for number, one in enumerate(team)
    ]

    results = at_once(SESSION, session.pk, acts)

    assert sum(isinstance(one, ChangedMeanwhile) for one in results) == 3
    assert Message.objects.filter(kind="session-words").count() == 1


def test_four_who_press_that_it_is_late_say_it_once():
    session, team = soon()

    at_once(SESSION, session.pk, [partial(late.run_late, session, 15, by=one, at=AT) for one in team])

    assert Notice.objects.count() == 1
    assert Message.objects.filter(kind="session-words").count() == 1


def test_joining_letters_pressed_at_once_are_one_each():
    session, team = soon()

    results = at_once(
        SESSION, session.pk, [partial(joining_letter.send, session, "Down.", by=one, at=AT) for one in team]
    )

    assert sorted(one.new for one in results) == [0, 0, 0, 1]
    assert Message.objects.filter(kind=joining_letter.KIND).count() == 1
    assert JoiningLetter.objects.count() == 1


def test_a_host_who_is_ticked_by_four_is_in_once():
    session, team = soon()

    results = at_once(
        SESSION, session.pk, [partial(presence.tick, session, "host", by=one, at=AT) for one in team]
    )

    assert [one for one in results if isinstance(one, Exception)] == []
    assert Presence.objects.count() == 1


def test_that_a_session_is_late_is_not_said_once_it_is_cancelled_meanwhile():
    session, [sam, *_] = soon()

    def late_by_ten():
        try:
            return late.run_late(session, 10, by=sam, at=AT)
        except late.LateRefused as refusal:
            return str(refusal)

    with holding("UPDATE events_session SET status = 'cancelled' WHERE id = %s", session.pk):
        pressing = Begun(late_by_ten)
        until_blocked()

    assert pressing.wait() == "It does not take place, so it is not late."
    assert not Notice.objects.exists()
