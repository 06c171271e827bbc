"""Hosts are asked once what people can take away, and once a session whether its recording may be shown."""

from datetime import timedelta

import pytest

from events.models import Event, Session, SessionContributor
from hosting import asked, asking, tasks
from notifications.models import Message
from recordings import agreeing, publishing, taking_away
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


def owed():
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
    owed().delete()
    assert asking.ask(at=nine) == 0


def test_who_was_not_invited_speaks_or_has_no_address_is_not_asked(hosted):
    make.host(hosted.session, "Ola", email="ola@hosts.example")
    a_speaker(hosted)
    make.invited(make.host(hosted.session, "Nia", email=""), hosted.event)

    assert asking.ask(at=morning_after(hosted.session)) == 1


def test_once_their_pages_have_closed_nobody_is_asked(hosted):
    assert asking.ask(at=morning_after(hosted.session, days=17)) == 0
    assert asking.ask(at=morning_after(hosted.session, days=14)) == 1


def test_the_worker_asks(hosted, time_machine):
    time_machine.move_to(morning_after(hosted.session))

    tasks.ask_what_to_take_away()

    assert owed().count() == 1


LINK = {"title": "Flow, recorded", "url": "https://video.example/1", "seconds": 60}


def told(hosted, at=NOW):
    """The letters about recordings that go out now."""
    asked.tell(at=at)
    return letters.deliver(at)


def test_a_host_is_told_once_that_a_recording_waits_for_them(hosted):
    publishing.add_link(hosted.session, by=BY, at=NOW, **LINK)

    mail = letters.only(told(hosted))
    assert mail.to == ["hana@hosts.example"]
    assert f"{hosted.page}recording/" in mail.body
    publishing.add_link(hosted.session, by=BY, at=NOW, **LINK | {"url": "https://video.example/2"})
    assert told(hosted) == []


def test_who_has_answered_meanwhile_is_not_mailed(hosted):
    publishing.add_link(hosted.session, by=BY, at=NOW, **LINK)
    asked.tell(at=NOW)
    agreeing.note(hosted.session, hosted.hana, agrees=True, by=BY, at=NOW)

    assert letters.deliver(NOW) == []


def test_a_recording_that_is_removed_is_told_of_nobody_and_the_right_one_is(hosted):
    wrong = publishing.add_link(hosted.session, by=BY, at=NOW, **LINK)
    asked.tell(at=NOW)
    publishing.remove(wrong.pk, by=BY, at=NOW)
    assert told(hosted) == []

    publishing.add_link(hosted.session, by=BY, at=NOW, **LINK)

    assert len(told(hosted)) == 1
    assert told(hosted) == []


def test_who_is_invited_later_is_told_then(hosted):
    ola = make.host(hosted.session, "Ola", email="ola@hosts.example")
    publishing.add_link(hosted.session, by=BY, at=NOW, **LINK)
    assert [one.to for one in told(hosted)] == [["hana@hosts.example"]]

    make.invited(ola, hosted.event)

    assert [one.to for one in told(hosted)] == [["ola@hosts.example"]]


def test_speakers_are_not_mailed_about_a_recording(hosted):
    a_speaker(hosted)
    publishing.add_link(hosted.session, by=BY, at=NOW, **LINK)

    assert [one.to for one in told(hosted)] == [["hana@hosts.example"]]


def test_once_their_pages_have_closed_nobody_is_mailed_about_a_recording(hosted):
    at = morning_after(hosted.session, days=20)
    publishing.add_link(hosted.session, by=BY, at=at, **LINK)

    assert asked.tell(at=at) == 0


def two_records(hosted, session):
    """Give Hana an account, and a record of it that hosts too."""
    hana = make.member("Hana", email="hana@hosts.example")
    other = make.host(session, "Hana E", member=hana)
    make.invited(other, hosted.event)


def test_a_host_with_two_records_in_a_session_is_written_to_once(hosted):
    two_records(hosted, hosted.session)
    publishing.add_link(hosted.session, by=BY, at=NOW, **LINK)
    assert "The huddle" in letters.only(told(hosted)).body
    nine = morning_after(hosted.session)

    assert asking.ask(at=nine) == 1

    assert "The huddle" in letters.only(letters.deliver(nine)).body


def test_a_host_with_a_record_a_day_is_asked_after_the_second_of_both(hosted):
    second = make.session(hosted.event, title="On the second day", day=1)
    two_records(hosted, second)
    assert asking.ask(at=morning_after(hosted.session)) == 0

    assert asking.ask(at=morning_after(second)) == 1

    mail = letters.only(letters.deliver(morning_after(second)))
    assert "The huddle" in mail.body
    assert "On the second day" in mail.body


def test_who_wrote_it_and_deleted_it_again_is_not_asked(hosted):
    write(hosted.session)
    seen = taking_away.of(hosted.session).seen
    taking_away.take_back(hosted.session, seen=seen, host=None, by=BY, at=NOW)

    assert asking.ask(at=morning_after(hosted.session)) == 0
