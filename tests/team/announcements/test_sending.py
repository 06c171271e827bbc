"""A press starts it, workers write it: none twice, none lost, and stopping takes back what is not sent."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from audit.acts import Act
from audit.models import Entry
from common.edit_conflicts import stamp
from events.models import Event
from members import email_choices
from members.models import Member
from notifications.models import Message
from team.announcements import progress, sending, writing
from team.announcements.audiences import CHOICE
from team.announcements.refusals import AnnouncementRefused
from team.models import Announcement
from tests import letters, make
from tests.make import NOW
from tests.team.announcements.announcing import draft, now, send, sent, to, words, write

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def tess() -> Member:
    """Who writes; she is no member, so that no list has her."""
    return make.member("Tess", membership="ended")


@pytest.fixture(autouse=True)
def members() -> list[Member]:
    return [make.member(name) for name in ("Ada", "Bo", "Cy")]


def test_the_press_writes_nothing_and_the_worker_all_of_it(tess):
    told = draft(tess)

    assert send(told, tess)
    assert (now(told).state, to()) == ("sending", [])

    assert write() == 3
    assert (now(told).state, now(told).people, to()) == ("written", 3, ["Ada", "Bo", "Cy"])


def test_pressed_twice_it_is_sent_once_and_the_second_is_told(tess):
    told = draft(tess)

    assert [send(told, tess), send(told, tess)] == [True, False]
    write()
    write()

    assert to() == ["Ada", "Bo", "Cy"]
    assert Entry.objects.filter(act=Act.ANNOUNCEMENT_SENT).count() == 1


def test_what_was_changed_since_it_was_seen_is_not_sent(tess):
    told = draft(tess)
    seen = stamp(told)
    writing.save(told, words(subject="Other"), seen=seen, by=tess, at=NOW + MINUTE)

    with pytest.raises(AnnouncementRefused, match="Look at it as it is now first"):
        sending.send(told, seen=seen, by=tess, at=NOW + MINUTE)

    assert now(told).state == "draft"


def test_where_nobody_would_get_it_nothing_is_sent(tess):
    told = draft(tess, "undecided")

    with pytest.raises(AnnouncementRefused, match="There is nobody to write to now"):
        send(told, tess)


def test_a_worker_killed_between_batches_loses_and_repeats_nothing(tess):
    told = draft(tess)
    send(told, tess)

    assert sending.write_batch(told.pk, at=NOW, size=2) == 2
    assert to() == ["Ada", "Bo"]
    assert write() == 1

    assert (to(), now(told).people) == (["Ada", "Bo", "Cy"], 3)


def test_a_worker_killed_within_a_batch_leaves_nothing_of_it(tess, monkeypatch):
    told = draft(tess)
    send(told, tess)
    with monkeypatch.context() as patch:
        patch.setattr(Announcement, "save", _fails)
        with pytest.raises(DatabaseError):
            write()

    assert (to(), now(told).upto) == ([], 0)
    assert write() == 3


def _fails(*_: object, **__: object) -> None:
    raise DatabaseError


def test_who_comes_to_be_of_the_audience_behind_the_mark_gets_it_too(tess):
    told = draft(tess)
    send(told, tess)
    sending.write_batch(told.pk, at=NOW, size=2)
    make.member("Di")

    write()

    assert to() == ["Ada", "Bo", "Cy", "Di"]


def test_stopping_takes_back_what_is_not_sent_and_writes_no_more(tess):
    told = draft(tess)
    send(told, tess)
    sending.write_batch(told.pk, at=NOW, size=2)

    assert sending.stop(told, by=tess, at=NOW) == 2
    assert write() == 0
    assert (to(), now(told).state, now(told).withdrawn) == ([], "stopped", 2)
    assert sending.stop(told, by=tess, at=NOW) == 0


def test_what_was_sent_stays_sent_when_it_is_stopped(tess):
    told = draft(tess)
    send(told, tess)
    sending.write_batch(told.pk, at=NOW, size=2)
    letters.deliver(NOW + MINUTE)
    sending.write_batch(told.pk, at=NOW, size=2)

    assert sending.stop(told, by=tess, at=NOW) == 1
    assert progress.progress(told).sent == 2


def test_what_a_worker_could_not_send_is_not_tried_again_once_it_is_stopped(tess):
    told = sent(tess)
    held = Message.objects.filter(kind="announcement").earliest("pk")
    Message.objects.filter(pk=held.pk).update(state="sending", lease_until=NOW)

    assert sending.stop(told, by=tess, at=NOW) == 2
    assert letters.deliver(NOW + timedelta(hours=1)) == []

    assert Message.objects.get(pk=held.pk).state == "superseded"


def test_a_draft_cannot_be_stopped(tess):
    with pytest.raises(AnnouncementRefused, match="nothing to stop"):
        sending.stop(draft(tess), by=tess, at=NOW)


def test_who_turns_announcements_off_while_it_goes_out_does_not_get_it(tess, members):
    told = sent(tess)
    email_choices.stop(members[1], CHOICE, by=members[1], at=NOW)

    assert sorted(one.to[0] for one in letters.deliver(NOW + MINUTE)) == sorted(
        [members[0].email, members[2].email]
    )
    counted = progress.progress(told)
    assert (counted.people, counted.sent, counted.waiting, counted.rest) == (3, 2, 0, 1)


def test_two_accounts_of_one_person_that_were_brought_together_get_it_once(tess, members):
    sent(tess)
    Message.objects.filter(kind="announcement", member=members[0]).update(member=members[1])

    mailed = [one.to[0] for one in letters.deliver(NOW + MINUTE)]

    assert sorted(mailed) == sorted([members[1].email, members[2].email])


def test_who_is_no_member_any_more_gets_nothing_that_is_for_members(tess, members):
    sent(tess)
    Member.objects.filter(pk=members[0].pk).update(membership="ended")

    assert members[0].email not in [one.to[0] for one in letters.deliver(NOW + MINUTE)]


def test_a_closed_account_gets_nothing_though_it_is_queued(tess, members):
    sent(tess)
    Member.objects.filter(pk=members[0].pk).update(is_active=False)

    assert members[0].email not in [one.to[0] for one in letters.deliver(NOW + MINUTE)]


def test_it_goes_out_by_itself_at_its_moment_and_not_before(tess):
    told = draft(tess)
    moment = NOW + timedelta(hours=2)
    assert writing.schedule(told, moment, seen=stamp(told), by=tess, at=NOW)
    make.member("Di")

    assert sending.write_due(clock=lambda: moment - MINUTE) == 0
    assert sending.write_due(clock=lambda: moment) == 4
    assert (to(), now(told).state) == (["Ada", "Bo", "Cy", "Di"], "written")


def test_off_the_schedule_it_does_not_go_out(tess):
    told = draft(tess)
    writing.schedule(told, NOW + MINUTE, seen=stamp(told), by=tess, at=NOW)
    writing.unschedule(told, by=tess, at=NOW)

    assert sending.write_due(clock=lambda: NOW + timedelta(days=1)) == 0
    assert (now(told).state, now(told).send_at) == ("draft", None)


def test_what_was_scheduled_for_an_event_that_was_cancelled_since_is_a_draft_again(tess, event):
    told = draft(tess, "not-registered", event=event)
    writing.schedule(told, NOW + MINUTE, seen=stamp(told), by=tess, at=NOW)
    Event.objects.update(status=Event.Status.CANCELLED)

    assert sending.write_due(clock=lambda: NOW + MINUTE) == 0
    assert (now(told).state, to()) == ("draft", [])
    with pytest.raises(AnnouncementRefused, match="The event was called off"):
        writing.schedule(told, NOW + 2 * MINUTE, seen=stamp(now(told)), by=tess, at=NOW)
    assert send(now(told), tess)


def test_it_is_never_scheduled_for_the_past(tess):
    told = draft(tess)

    with pytest.raises(AnnouncementRefused, match="This moment has passed"):
        writing.schedule(told, NOW, seen=stamp(told), by=tess, at=NOW)


def test_what_has_gone_out_stays_as_it_was_sent(tess):
    told = sent(tess)

    with pytest.raises(AnnouncementRefused, match="It stays as it was sent"):
        writing.save(told, words(subject="Other"), seen=stamp(told), by=tess, at=NOW)
    with pytest.raises(AnnouncementRefused, match="It stays as it was sent"):
        writing.delete(told, by=tess, at=NOW)
    with pytest.raises(AnnouncementRefused, match="It has begun to go out"):
        writing.unschedule(told, by=tess, at=NOW)


def test_it_is_forgotten_after_a_year_but_not_while_it_waits_for_its_moment(tess):
    old = sent(tess)
    waits = draft(tess)
    writing.schedule(waits, NOW + timedelta(days=500), seen=stamp(waits), by=tess, at=NOW)

    assert writing.forget(at=NOW + timedelta(days=364)) == 0
    assert writing.forget(at=NOW + timedelta(days=366)) == 1
    assert list(Announcement.objects.values_list("pk", flat=True)) == [waits.pk]
    assert old.people == 3
