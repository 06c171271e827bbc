"""Emails about sessions that are cancelled, read from the mailbox."""

import pytest

from events.models import Session
from tests import letters, make
from tests.make import BY
from tests.workshops.places.state import minutes
from tests.workshops.programme.moving import WAS, move, told
from workshops.models import AgendaTold, Booking
from workshops.places import booking
from workshops.programme import cancelling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]


@pytest.fixture
def session(event, ada) -> Session:
    """A session that Ada has booked and was told of."""
    return told(event, ada)


@pytest.mark.slow
def test_a_cancelled_session_is_told_with_others_of_its_time_that_have_places(event, session):
    make.workshop(event, title="Has places", slug="places")
    full = make.workshop(event, title="Is full", capacity=1)
    booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=minutes(3))
    make.workshop(event, title="Is later", hour=15)
    move(session, hours=0, status=Session.Status.CANCELLED)

    email = next(one for one in letters.deliver(minutes(15)) if one.to == ["ada@example.org"])

    assert email.subject == "Cancelled: Leading quietly"
    assert f"“Leading quietly” is cancelled.\n\nIt was planned for {WAS}, Room 3." in email.body
    assert "These sessions have places now:\n\n- Has places\n" in email.body
    assert ("Is full" in email.body, "Is later" in email.body) == (False, False)
    assert letters.entries(email) == [("CANCEL", "Leading quietly", 1)]
    assert letters.say_the_same_twice(email)
    assert AgendaTold.objects.get(registration__member__email="ada@example.org").items == {}


@pytest.mark.slow
def test_moved_then_cancelled_only_the_end_is_told(session):
    move(session)
    move(session, at=minutes(6), status=Session.Status.CANCELLED)

    assert [email.subject for email in letters.deliver(minutes(16))] == ["Cancelled: Leading quietly"]


@pytest.mark.slow
def test_who_had_given_it_up_is_not_told_that_it_is_cancelled(session):
    booking.cancel(Booking.objects.get(), by=BY, at=minutes(3))
    letters.deliver(minutes(5))
    move(session, hours=0, at=minutes(6), status=Session.Status.CANCELLED)

    assert letters.deliver(minutes(17)) == []


@pytest.mark.slow
def test_nobody_is_told_of_a_session_that_was_brought_back(session):
    move(session, hours=0, status=Session.Status.CANCELLED)
    cancelling.bring_back(session, by=BY, at=minutes(14))

    assert letters.deliver(minutes(15)) == []
    assert letters.deliver(minutes(30)) == []


@pytest.mark.slow
def test_what_was_not_told_when_it_was_cancelled_is_told_once_it_is_back(event, session):
    make.host(session, "Hana", email="hana@example.org")
    move(session)
    move(session, hours=0, at=minutes(6), status=Session.Status.CANCELLED)
    before = letters.deliver(minutes(7))
    cancelling.bring_back(session, by=BY, at=minutes(8))

    sent = {email.to[0]: email.subject for email in letters.deliver(minutes(11))}

    assert before == []
    assert sent == {
        "ada@example.org": "Your agenda for Q 2026 has changed",
        "hana@example.org": "New time: Leading quietly",
    }


@pytest.mark.slow
def test_an_agenda_mail_meanwhile_says_nothing_of_the_end_and_the_calendar_keeps_it(event, ada, session):
    move(session, hours=0, at=minutes(5), status=Session.Status.CANCELLED)
    booking.book(make.workshop(event, title="Letters", hour=15), ada, by=BY, at=minutes(6))
    meanwhile = letters.only(letters.deliver(minutes(8)))
    cancelling.bring_back(session, by=BY, at=minutes(9))

    afterwards = letters.deliver(minutes(30))

    assert "Letters" in meanwhile.body
    assert "Leading quietly" not in meanwhile.body
    assert [(method, title) for method, title, _ in letters.entries(meanwhile)] == [("REQUEST", "Letters")]
    assert afterwards == []


@pytest.mark.slow
def test_after_such_an_agenda_mail_the_end_is_told_all_the_same(event, ada, session):
    move(session, hours=0, at=minutes(5), status=Session.Status.CANCELLED)
    booking.book(make.workshop(event, title="Letters", hour=15), ada, by=BY, at=minutes(6))
    letters.deliver(minutes(8))

    email = letters.only(letters.deliver(minutes(15)))

    assert email.subject == "Cancelled: Leading quietly"
    assert [(method, title) for method, title, _ in letters.entries(email)] == [("CANCEL", "Leading quietly")]
    assert str(session.pk) not in AgendaTold.objects.get(registration=ada).items


@pytest.mark.slow
def test_why_it_is_cancelled_stands_in_the_email_and_what_of_its_themes_has_places_later(event, session):
    theme = make.theme(event)
    later = make.workshop(event, title="Is later", hour=15)
    make.workshop(event, title="Of another theme", hour=15)
    for one in (session, later):
        one.themes.add(theme)
    seen = cancelling.look(session, at=minutes(3)).fingerprint
    cancelling.cancel(session, "Hana is ill.", seen=seen, by=BY, at=minutes(3))

    email = letters.only(letters.deliver(minutes(13)))

    assert "Why: Hana is ill." in email.body
    assert "- Is later\n" in email.body
    assert "Of another theme" not in email.body
    assert letters.say_the_same_twice(email)


@pytest.mark.slow
def test_a_host_is_told_of_a_cancellation_and_their_calendar_follows(session):
    make.host(session, "Hana", email="hana@example.org")
    move(session)
    letters.deliver(minutes(5))
    move(session, hours=0, at=minutes(10), status=Session.Status.CANCELLED)

    sent = {email.to[0]: email for email in letters.deliver(minutes(20))}

    assert letters.entries(sent["hana@example.org"]) == [("CANCEL", "Leading quietly", 1)]
    assert "You were to be one of its hosts or speakers." in sent["hana@example.org"].body
    assert letters.say_the_same_twice(sent["hana@example.org"])
