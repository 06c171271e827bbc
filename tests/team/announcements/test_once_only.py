"""Whatever happens in whichever order: nobody gets an announcement twice, and who should get it does."""

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction

from members import email_choices
from members.models import Member
from notifications import delivery
from notifications.models import Message
from team.announcements import audiences, sending
from team.announcements.audiences import CHOICE
from team.models import Announcement
from tests import make
from tests.make import NOW
from tests.team.announcements.announcing import draft, send

pytestmark = pytest.mark.django_db

SIZE = 3
KIND = "announcement"


class Killed(Exception):
    """A worker is killed within a transaction."""


class World:
    """Twelve members, who come and go; announcements that go out; workers that die."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311  # steps, no secrets
        self.at: datetime = NOW
        self.tess = make.member("Tess", membership="ended")
        self.people = [make.member(f"Member {n}") for n in range(12)]

    def one(self) -> Member:
        return self.dice.choice(self.people)

    def going(self) -> list[Announcement]:
        return list(Announcement.objects.exclude(state="draft").order_by("-pk")[:4])

    def start(self) -> None:
        told = draft(self.tess)
        is_wanted = audiences.recipients(told).exists()
        if is_wanted and Announcement.objects.filter(state="sending").count() < 3:
            self.press(told)

    def press(self, told: Announcement) -> None:
        send(told, self.tess)
        assert not send(told, self.tess)

    def batch(self) -> None:
        for told in self.going():
            sending.write_batch(told.pk, at=self.at, size=SIZE)

    def killed_batch(self) -> None:
        for told in self.going():
            try:
                with transaction.atomic():
                    sending.write_batch(told.pk, at=self.at, size=SIZE)
                    raise Killed
            except Killed:
                continue

    def deliver(self) -> None:
        left = iter(range(self.dice.randint(1, 5)))
        delivery.deliver_bulk(clock=lambda: self.at, is_stopped=lambda: next(left, None) is None)

    def die_with_a_letter(self) -> None:
        delivery.claim(at=self.at, which=delivery.TO_MANY)

    def later(self) -> None:
        self.at += delivery.LEASE
        delivery.recover(at=self.at)

    def stop(self) -> None:
        if going := self.going():
            sending.stop(self.dice.choice(going), by=self.tess, at=self.at)

    def turn_off(self) -> None:
        one = self.one()
        email_choices.stop(one, CHOICE, by=one, at=self.at)

    def turn_on(self) -> None:
        one = self.one()
        email_choices.start(one, CHOICE, by=one, at=self.at)

    def close(self) -> None:
        Member.objects.filter(pk=self.one().pk).update(is_active=self.dice.random() < 0.7)

    def check(self) -> None:
        rows = Message.objects.filter(kind=KIND)
        owed = Counter(rows.values_list("key", flat=True))
        assert not [key for key, number in owed.items() if number > 1]
        ids = Counter(one.extra_headers["Message-ID"] for one in mail.outbox)
        assert not [one for one, number in ids.items() if number > 1]
        assert rows.filter(state="sent").count() == len(ids)

    def finish(self) -> None:
        """All go out to the end; whoever wants them is reached."""
        while sending.write_due(clock=lambda: self.at):
            continue
        self.at += timedelta(days=1)
        delivery.recover(at=self.at)
        while delivery.deliver_bulk(clock=lambda: self.at):
            continue
        self.check()
        assert not Announcement.objects.filter(state="sending").exists()
        assert not Message.objects.filter(kind=KIND, state__in=["queued", "sending", "failed"]).exists()


STEPS = {
    World.start: 2,
    World.batch: 6,
    World.killed_batch: 3,
    World.deliver: 8,
    World.die_with_a_letter: 2,
    World.later: 2,
    World.stop: 1,
    World.turn_off: 2,
    World.turn_on: 2,
    World.close: 1,
}


def play(seed: int, steps: int) -> World:
    world = World(seed)
    for step in world.dice.choices(list(STEPS), weights=list(STEPS.values()), k=steps):
        step(world)
        if world.dice.random() < 0.1:
            world.check()
    Member.objects.filter(pk__in=[one.pk for one in world.people]).update(is_active=True)
    for one in world.people:
        email_choices.start(one, CHOICE, by=one, at=world.at)
    world.press(last := draft(world.tess))
    world.finish()
    told = Message.objects.filter(kind=KIND, key__startswith=sending.key_of(last), state="sent")
    assert sorted(told.values_list("member_id", flat=True)) == sorted(one.pk for one in world.people)
    return world


@pytest.mark.parametrize("seed", range(2))
def test_in_whichever_order_each_gets_it_once(seed):
    play(seed, 120)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(10))
def test_in_ten_thousand_steps_each_gets_it_once(seed):
    play(100 + seed, 1000)
