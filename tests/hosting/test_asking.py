"""Hosts are asked once what people can take away, and once a session whether its recording may be shown."""

from datetime import timedelta

import pytest

from events.models import Event, Session, SessionContributor
from hosting import asking, tasks
from notifications.models import Message
from recordings import agreeing, taking_away
from tests import letters, make
from tests.found import found
from tests.make import BY, NOW
from tests.recordings.test_taking_away import TEXTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def morning_after(session, days=1):
    """Nine o'clock on the day after the session."""
    return found(session.ends_at).replace(hour=9, minute=0) + timedelta(days=days)


def a_speaker(hosted):
    """Somebody who was invited and speaks in the session."""
    sal = make.host(hosted.session, "Sal", email="sal@hosts.example")
    make.invited(sal, hosted.event)
    SessionContributor.objects.filter(contributor=sal).update(part="speaker")


def asked():
    return Message.objects.filter(kind=asking.KIND)


def test_a_host_is_asked_on_the_morning_after_and_never_again(hosted):
    nine = morning_after(hosted.session)
    assert asking.ask(at=nine - timedelta(minutes=1)) == 0

    assert [asking.ask(at=nine + timedelta(hours=hours)) for hours in (0, 1, 24, 24 * 10)] == [1, 0, 0, 0]

    mail = letters.only(letters.deliver(nine))
    assert mail.to == ["hana@hosts.example"]
    assert "The huddle" in mail.body
    assert "We ask this once" in mail.body
    assert "/hosting/" in mail.body


def test_who_hosts_on_both_days_is_asked_after_the_second_of_both(hosted):
    second = make.session(hosted.event, title="On the second day", day=1)
    SessionContributor.objects.create(session=second, contributor=hosted.hana)
    assert asking.ask(at=morning_after(hosted.session)) == 0

    assert asking.ask(at=morning_after(second)) == 1

    mail = letters.only(letters.deliver(morning_after(second)))
    assert "The huddle" in mail.body
    assert "On the second day" in mail.body


@pytest.mark.parametrize("status", ["cancelled", "draft"])
def test_of_a_session_that_did_not_take_place_nobody_is_asked(status, hosted):
    Session.objects.update(status=status)

    assert asking.ask(at=morning_after(hosted.session)) == 0


@pytest.mark.parametrize("status", ["cancelled", "archived", "draft"])
def test_of_an_event_that_is_not_on_nobody_is_asked(status, hosted):
    Event.objects.update(status=status)

    assert asking.ask(at=morning_after(hosted.session)) == 0


def write(session):
    seen = taking_away.of(session).seen
    taking_away.write(session, TEXTS, seen=seen, host=None, by=make.member("Sam"), at=found(session.ends_at))


def test_where_it_is_written_nobody_is_asked_and_what_waits_to_be_sent_is_not(hosted):
    nine = morning_after(hosted.session)
    asking.ask(at=nine)
    write(hosted.session)

    assert letters.deliver(nine) == []
    asked().delete()
    assert asking.ask(at=nine) == 0


def test_who_was_not_invited_speaks_or_has_no_address_is_not_asked(hosted):
    make.host(hosted.session, "Ola", email="ola@hosts.example")
    a_speaker(hosted)
    make.invited(make.host(hosted.session, "Nia", email=""), hosted.event)

    assert asking.ask(at=morning_after(hosted.session)) == 1


def test_a_host_with_two_records_is_asked_once(hosted):
    hana = make.member("Hana", email="hana@hosts.example")
    other = make.host(hosted.session, "Hana E", member=hana)
    make.invited(other, hosted.event)

    assert asking.ask(at=morning_after(hosted.session)) == 1


def test_once_their_pages_have_closed_nobody_is_asked(hosted):
    assert asking.ask(at=morning_after(hosted.session, days=17)) == 0
    assert asking.ask(at=morning_after(hosted.session, days=14)) == 1


def test_the_worker_asks(hosted, time_machine):
    time_machine.move_to(morning_after(hosted.session))

    tasks.ask_what_to_take_away()

    assert asked().count() == 1


def test_a_host_is_told_once_that_a_recording_waits_for_them(hosted):
    for _press in range(2):
        agreeing.ask(hosted.session, by=BY, at=NOW)

    mail = letters.only(letters.deliver(NOW))
    assert mail.to == ["hana@hosts.example"]
    assert f"{hosted.page}recording/" in mail.body


def test_who_has_answered_meanwhile_is_not_mailed(hosted):
    agreeing.ask(hosted.session, by=BY, at=NOW)
    agreeing.note(hosted.session, hosted.hana, agrees=True, by=BY, at=NOW)

    assert letters.deliver(NOW) == []


def test_speakers_and_who_has_no_page_are_not_mailed_about_a_recording(hosted):
    make.host(hosted.session, "Ola", email="ola@hosts.example")
    a_speaker(hosted)

    assert agreeing.ask(hosted.session, by=BY, at=NOW) == 3

    assert [one.to for one in letters.deliver(NOW)] == [["hana@hosts.example"]]


def test_once_their_pages_have_closed_nobody_is_mailed_about_a_recording(hosted):
    agreeing.ask(hosted.session, by=BY, at=morning_after(hosted.session, days=20))

    assert not Message.objects.filter(kind="host-recording").exists()
