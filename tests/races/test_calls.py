"""Calls whose process is killed, and several at once: what was done is told, once."""

import re
from datetime import datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.core import mail

from events.models import Registration
from members.models import Member
from notifications import delivery
from notifications.models import Message
from team.models import CallAct
from team.people import calls
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.races.together import together
from workshops.places import booking

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)


def ada_registered() -> Registration:
    return make.registration(make.event(), make.member("Ada"))


def booked(one: Registration, sam: Member, at: datetime, title: str, hour: float = 10):
    """Book a session for a person as part of a call."""
    session = make.workshop(one.event, title=title, hour=hour, capacity=9)

    def act() -> None:
        with calls.call(one.member, by=sam, at=at):
            booking.book(session, one, by=sam, at=at)

    return act


def deliver(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        delivery.deliver_due(clock=lambda: at, chance=lambda: 0.5)


def told() -> list[str]:
    """What all letters about calls say was booked, in order."""
    words = [re.findall("Booked “(.*?)” for you", str(one.body)) for one in mail.outbox]
    return [title for one in words for title in one]


@pytest.mark.parametrize("is_quick", [False, True])
def test_who_is_killed_after_the_act_has_it_told_once_by_whichever_worker(is_quick):
    ada, sam = ada_registered(), people.staff("Support")
    session = make.workshop(ada.event, title="Falls")
    calls.begin(ada.member, by=sam, at=NOW, session=session)
    booking.book(session, ada, by=sam, at=NOW)  # and the process ends

    if is_quick:
        deliver(minutes(3))
    between = len(mail.outbox)
    deliver(minutes(10))
    deliver(minutes(40))

    assert between == 0
    assert told() == ["Falls"]
    assert len(mail.outbox) == 1


def test_what_they_do_themselves_after_the_letter_is_told_though_its_agenda_was_begun_by_a_killed_act():
    ada, sam = ada_registered(), people.staff("Support")
    first, own = make.workshop(ada.event, title="Falls"), make.workshop(ada.event, title="Own", hour=14)
    calls.begin(ada.member, by=sam, at=NOW, session=first)
    booking.book(first, ada, by=sam, at=NOW)  # and the process ends
    calls.end(ada.member, by=sam, at=minutes(1))
    deliver(minutes(1))

    booking.book(own, ada, by=ada.member, at=minutes(1.5))
    deliver(minutes(10))

    assert [one.subject.partition(" ")[0] for one in mail.outbox] == ["What", "Your"]
    assert "Booked: “Own”" in str(mail.outbox[1].body)


def test_who_is_killed_before_the_act_has_told_nothing_and_nothing_waits_for_ever():
    ada, sam = ada_registered(), people.staff("Support")
    calls.begin(ada.member, by=sam, at=NOW)

    deliver(minutes(10))

    assert len(mail.outbox) == 0
    assert not Message.objects.filter(state__in=["queued", "failed"]).exists()


def test_the_call_is_ended_while_a_colleague_acts_and_what_they_do_is_in_the_next_letter():
    ada, sam, tess = ada_registered(), people.staff("Support"), people.staff("Event admin", "Support")
    booked(ada, sam, NOW, "Falls")()
    session = make.workshop(ada.event, title="Sleep", hour=14)
    calls.begin(ada.member, by=tess, at=minutes(1), session=session)

    calls.end(ada.member, by=sam, at=minutes(2))
    deliver(minutes(2))
    booking.book(session, ada, by=tess, at=minutes(1))  # and the process ends
    deliver(minutes(40))
    deliver(minutes(80))

    assert told() == ["Falls", "Sleep"]


def test_a_worker_that_is_killed_with_the_letter_in_its_hands_leaves_it_to_the_next():
    ada, sam = ada_registered(), people.staff("Support")
    booked(ada, sam, NOW, "Falls")()

    assert delivery.claim(at=minutes(10)) is not None  # and the worker is killed
    booked(ada, sam, minutes(11), "Sleep", hour=14)()
    deliver(minutes(12))
    before = told()
    deliver(minutes(30))

    assert before == []
    assert sorted(told()) == ["Falls", "Sleep"]
    assert not CallAct.objects.filter(told_at=None).exists()


def test_two_of_the_team_and_two_workers_at_once_tell_each_act_once():
    for _ in range(4):
        ada = make.registration(make.event(), make.member())
        sam, tess = people.staff("Support"), people.staff("Support", "Event admin")
        mail.outbox.clear()
        acts = [
            booked(ada, one, minutes(number), f"{one.pk} {number}", hour=8 + 2 * number + index)
            for number in range(3)
            for index, one in enumerate((sam, tess))
        ]

        together(*acts, partial(_end, ada.member, sam), lambda: deliver(minutes(5)))
        deliver(minutes(30))
        deliver(minutes(60))

        wanted = sorted(f"{one.pk} {number}" for number in range(3) for one in (sam, tess))
        assert sorted(told()) == wanted
        assert not CallAct.objects.filter(told_at=None).exists()


def test_two_who_end_the_call_at_once_send_one_letter():
    ada, sam = ada_registered(), people.staff("Support")
    booked(ada, sam, NOW, "Falls")()

    together(*[lambda: _end(ada.member, sam)] * 4, lambda: deliver(minutes(5)), lambda: deliver(minutes(5)))
    deliver(minutes(5))

    assert told() == ["Falls"]


def _end(person: Member, sam: Member) -> None:
    try:
        calls.end(person, by=sam, at=minutes(4))
    except calls.NothingToTell:
        return
