"""An announcement goes out while workers die, two press, somebody stops it or turns it off: once each."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail

from audit.acts import Act
from audit.models import Entry
from common.edit_conflicts import stamp
from events import cancellation
from events.models import CallingOff
from members import email_choices
from members.models import Member
from notifications import delivery
from notifications.models import Message
from team.announcements import calling_off, sending
from team.announcements.audiences import CHOICE
from team.models import Announcement
from tests import make
from tests.make import BY, NOW
from tests.races.together import Act as Thread
from tests.races.together import Process, holding, together, until_blocked
from tests.team.announcements.announcing import draft, now, send

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

PEOPLE = 120
SIZE = 25


@pytest.fixture
def tess(transactional_db: None) -> Member:
    return make.member("Tess", membership="ended")


@pytest.fixture
def told(tess: Member) -> Announcement:
    """To 120 members, each of whom the team vouches for."""
    make.crowd(make.event(), PEOPLE)
    Member.objects.exclude(pk=tess.pk).update(is_vouched_for=True)
    return draft(tess)


def write(told: Announcement) -> int:
    """A worker: batch after batch, until there are no more for it."""
    written = 0
    while batch := sending.write_batch(told.pk, at=NOW, size=SIZE):
        written += batch
    return written


def each() -> Counter[int | None]:
    """Each member → how many emails they are owed."""
    return Counter(Message.objects.filter(kind="announcement").values_list("member_id", flat=True))


def test_two_of_the_team_press_at_once_and_one_of_them_sends(told: Announcement, tess: Member) -> None:
    seen = stamp(told)

    pressed = together(*[partial(sending.send, told, seen=seen, by=tess, at=NOW)] * 6)

    assert sorted(pressed) == [False] * 5 + [True]


def test_two_of_the_team_press_in_two_processes_and_it_goes_out_once(
    told: Announcement, tess: Member
) -> None:
    priya = make.member("Priya", membership="ended")
    pressing = [{"announcement": told.pk, "by": one.pk, "seen": stamp(told)} for one in (tess, priya)]
    with Process("announce", pressing[0]) as one, Process("announce", pressing[1]) as other:
        one.go()
        other.go()
        pressed = [one.result(), other.result()]
    write(told)

    assert sorted(pressed) == [False, True]
    assert (len(each()), set(each().values())) == (PEOPLE, {1})
    assert now(told).sent_by == (tess if pressed[0] else priya)
    assert Entry.objects.filter(act=Act.ANNOUNCEMENT_SENT).count() == 1


def test_four_workers_at_once_write_each_once(told: Announcement, tess: Member) -> None:
    send(told, tess)

    together(*[partial(write, told)] * 4)
    write(told)

    assert (len(each()), set(each().values())) == (PEOPLE, {1})
    assert (now(told).people, now(told).state) == (PEOPLE, "written")


@pytest.mark.parametrize("call", [1, 3])
@pytest.mark.parametrize("before", ["outbox.enqueue_many", "_free"])
def test_a_worker_is_killed_and_the_next_goes_on(told, tess, before, call):
    send(told, tess)
    holder = {"_free": "team.announcements.sending", "outbox.enqueue_many": "notifications"}
    where = {"announcement": told.pk, "size": SIZE, "before": f"{holder[before]}.{before}", "call": call}
    with Process("announce_and_die", where) as one:
        one.go()
        assert one.result() == "reached"
        one.kill()

    assert len(each()) == now(told).people == SIZE * (call - 1)
    write(told)

    assert (len(each()), set(each().values())) == (PEOPLE, {1})


def test_stopped_while_it_is_written_nothing_of_it_waits(told: Announcement, tess: Member) -> None:
    send(told, tess)

    *_, taken_back = together(
        partial(write, told), partial(write, told), partial(sending.stop, told, by=tess, at=NOW)
    )

    assert each() == Counter()
    assert (now(told).state, now(told).people) == ("stopped", taken_back)


def test_stopped_while_it_is_delivered_each_is_sent_or_taken_back(told: Announcement, tess: Member) -> None:
    send(told, tess)
    write(told)

    *_, taken_back = together(
        partial(delivery.deliver_bulk, clock=lambda: NOW),
        partial(delivery.deliver_bulk, clock=lambda: NOW),
        partial(sending.stop, told, by=tess, at=NOW),
    )

    states = Counter(Message.objects.filter(kind="announcement").values_list("state", flat=True))
    assert states["sent"] == len(mail.outbox)
    assert states["sent"] + states["superseded"] + taken_back == PEOPLE
    assert not states["queued"] + states["sending"]


def test_who_turns_them_off_while_it_goes_out_gets_it_once_or_not_at_all(told, tess) -> None:
    send(told, tess)
    people = list(Member.objects.active()[:20])

    together(
        partial(write, told),
        partial(delivery.deliver_bulk, clock=lambda: NOW),
        *[partial(email_choices.stop, one, CHOICE, by=one, at=NOW) for one in people],
        threads=6,
    )
    write(told)
    delivery.deliver_bulk(clock=lambda: NOW)

    got = Counter(one.to[0] for one in mail.outbox)
    assert set(got.values()) == {1}
    off = {one.email for one in people}
    assert {one.email for one in Member.objects.active()} - off <= set(got)


def test_what_begins_while_its_event_is_called_off_does_not_go_out(tess: Member) -> None:
    event = make.event()
    make.registration(event, make.member("Ada"))
    told = draft(tess, "registered", event=event)
    seen = stamp(told)

    with holding("SELECT 1 FROM events_event WHERE id = %s FOR NO KEY UPDATE", event.pk):
        calls_off = Thread(partial(cancellation.cancel_event, event, by=BY, at=NOW))
        until_blocked()
        begins = Thread(partial(sending.send, told, seen=seen, by=tess, at=NOW + timedelta(seconds=1)))
        until_blocked(2)
    calls_off.wait()
    begins.wait()

    started, moment = now(told), CallingOff.objects.get().at
    assert started.knows_off_at in (None, moment)
    assert calling_off.was_called_off_since(started) == (started.knows_off_at is None)
