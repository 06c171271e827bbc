"""Announcements of an event that is called off: none says what is no longer so, and all come back with it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from common.edit_conflicts import stamp
from events import cancellation, publishing
from notifications.models import Message
from team.announcements import sending, writing
from team.announcements.refusals import AnnouncementRefused
from team.models import Announcement
from tests import letters, make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from tests.team.announcements.announcing import draft, now, send, sent, to, write

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
State = Announcement.State


@pytest.fixture
def tess(event):
    """An event admin; Ada and Bo are registered."""
    for name in ("Ada", "Bo"):
        make.registration(event, make.member(name))
    return people.staff("Event admin")


def write_at(moment):
    return sending.write_due(clock=lambda: moment)


def scheduled(tess, event, moment):
    told = draft(tess, "registered", event=event, subject="See you tomorrow")
    writing.schedule(told, moment, seen=stamp(told), by=tess, at=NOW)
    return told


def test_what_is_scheduled_waits_and_goes_out_once_the_event_is_brought_back(event, tess):
    told = scheduled(tess, event, NOW + 3 * MINUTE)
    cancellation.cancel_event(event, by=BY, at=NOW)

    write_at(NOW + 4 * MINUTE)
    waited = now(told).state, to()
    cancellation.bring_back(event, by=BY, at=NOW + 9 * MINUTE)
    write_at(NOW + 9 * MINUTE)

    assert waited == (State.SCHEDULED, [])
    assert to() == ["Ada", "Bo"]


def test_what_is_scheduled_is_a_draft_again_at_its_moment_once_people_are_told(event, tess):
    told = scheduled(tess, event, NOW + 3 * MINUTE)
    cancellation.cancel_event(event, by=BY, at=NOW)

    write_at(NOW + 10 * MINUTE)

    assert (now(told).state, to()) == (State.DRAFT, [])


def test_what_is_being_sent_waits_and_goes_on_where_it_was_once_the_event_is_brought_back(event, tess):
    told = draft(tess, "registered", event=event)
    send(told, tess)
    sending.write_batch(told.pk, at=NOW, size=1)
    cancellation.cancel_event(event, by=BY, at=NOW + MINUTE)

    written = write_at(NOW + 2 * MINUTE)
    letters.deliver(NOW + 2 * MINUTE)
    waited = now(told).state, Message.objects.filter(kind="announcement", state="sent").count()
    cancellation.bring_back(event, by=BY, at=NOW + 9 * MINUTE)
    write_at(NOW + 9 * MINUTE)
    letters.deliver(NOW + 9 * MINUTE)

    assert (written, waited) == (0, (State.SENDING, 0))
    assert Message.objects.filter(kind="announcement", state="sent").count() == 2


def test_what_was_being_sent_is_stopped_once_people_are_told(event, tess):
    told = draft(tess, "registered", event=event)
    send(told, tess)
    sending.write_batch(told.pk, at=NOW, size=1)
    cancellation.cancel_event(event, by=BY, at=NOW + MINUTE)

    write_at(NOW + 11 * MINUTE)
    letters.deliver(NOW + 11 * MINUTE)

    assert (now(told).state, now(told).withdrawn, now(told).stopped_by) == (State.STOPPED, 1, None)
    assert not Message.objects.filter(kind="announcement", state="sent").exists()


def test_none_of_its_letters_in_the_outbox_goes_out_and_what_is_written_afterwards_does(event, tess):
    sent(tess, "registered", event=event)
    cancellation.cancel_event(event, by=BY, at=NOW + MINUTE)
    letters.deliver(NOW + 2 * MINUTE)
    before = Message.objects.filter(kind="announcement", state="sent").count()
    event.refresh_from_db()
    after = draft(tess, "registered", event=event, subject="What becomes of your fee")
    sending.send(after, seen=stamp(after), by=tess, at=NOW + 2 * MINUTE)
    write_at(NOW + 2 * MINUTE)
    letters.deliver(NOW + 3 * MINUTE)

    assert before == 0
    assert Message.objects.filter(kind="announcement", state="sent").count() == 2


def test_an_announcement_of_another_event_goes_out(event, tess):
    told = scheduled(tess, event, NOW + MINUTE)
    cancellation.cancel_event(make.event(slug="other"), by=BY, at=NOW)

    write_at(NOW + 2 * MINUTE)

    assert now(told).state == State.WRITTEN
    assert write() == 0


def test_what_began_before_the_event_was_called_off_is_held_back_whatever_the_clocks_said(event, tess):
    scheduled(tess, event, NOW + MINUTE)
    write_at(NOW + 3 * MINUTE)
    cancellation.cancel_event(event, by=BY, at=NOW + 2 * MINUTE)  # looked at its clock, and waited

    letters.deliver(NOW + 4 * MINUTE)

    assert not Message.objects.filter(kind="announcement", state="sent").exists()


def test_what_was_written_about_one_calling_off_is_held_back_by_the_next(event, tess):
    cancellation.cancel_event(event, by=BY, at=NOW)
    event.refresh_from_db()
    told = draft(tess, "registered", event=event, subject="What becomes of your fee")
    sending.send(told, seen=stamp(told), by=tess, at=NOW + MINUTE)
    cancellation.bring_back(event, by=BY, at=NOW + 2 * MINUTE)
    cancellation.cancel_event(event, by=BY, at=NOW + 3 * MINUTE)

    write_at(NOW + 14 * MINUTE)

    assert (now(told).state, to()) == (State.STOPPED, [])


def called_off_and_archived(event, at):
    cancellation.cancel_event(event, by=BY, at=at)
    cancellation.tell(at=at + 11 * MINUTE)
    event.refresh_from_db()
    event.status = event.Status.ARCHIVED
    publishing.save_event(event, by=BY, at=at + 12 * MINUTE)


def test_nothing_scheduled_goes_out_once_an_event_that_was_called_off_is_archived(event, tess):
    told = scheduled(tess, event, NOW + 30 * MINUTE)
    called_off_and_archived(event, NOW)

    write_at(NOW + 31 * MINUTE)

    assert (now(told).state, to()) == (State.DRAFT, [])
    with pytest.raises(AnnouncementRefused):
        writing.schedule(told, NOW + 60 * MINUTE, seen=stamp(now(told)), by=tess, at=NOW + 32 * MINUTE)


def test_nothing_under_way_goes_out_once_an_event_that_was_called_off_is_archived(event, tess):
    told = draft(tess, "registered", event=event)
    send(told, tess)
    sending.write_batch(told.pk, at=NOW, size=1)
    called_off_and_archived(event, NOW + MINUTE)

    write_at(NOW + 14 * MINUTE)
    letters.deliver(NOW + 14 * MINUTE)

    assert now(told).state == State.STOPPED
    assert not Message.objects.filter(kind="announcement", state="sent").exists()


def test_what_is_scheduled_goes_out_once_an_event_that_took_place_is_archived(event, tess):
    told = scheduled(tess, event, NOW + 30 * MINUTE)
    event.status = event.Status.ARCHIVED
    publishing.save_event(event, by=BY, at=NOW + MINUTE)

    write_at(NOW + 31 * MINUTE)

    assert (now(told).state, to()) == (State.WRITTEN, ["Ada", "Bo"])


@pytest.mark.parametrize("is_brought_back", [False, True])
def test_its_page_says_that_what_was_held_back_was_not_sent_and_why(event, tess, is_brought_back):
    told = sent(tess, "registered", event=event)
    cancellation.cancel_event(event, by=BY, at=NOW + MINUTE)
    letters.deliver(NOW + 2 * MINUTE)
    if is_brought_back:
        cancellation.bring_back(event, by=BY, at=NOW + 3 * MINUTE)
        letters.deliver(NOW + 4 * MINUTE)

    page = flat(people.reader(tess).get(reverse("team:announcement", args=[told.pk])).text)

    assert ("What was not sent yet is held back, as the event was called off." in page) != is_brought_back
    assert ("It is sent." in page) == is_brought_back
    assert ("Not sent, as the event was called off" in page) != is_brought_back
