"""One process's part of everything at once: acts upon places drawn by chance, as people would do them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from events import registration as registering
from events.models import Registration, Session
from members.models import Member
from tests.make import BY, NOW
from tests.races.together import REFUSALS
from workshops.models import Booking
from workshops.places import booking, deciding, waiting_list
from workshops.programme import cancelling, capacity, changes

Status = Booking.Status


class Everything:
    """Members, the team and the clock at these sessions; the clock is an hour later every 50 acts."""

    def __init__(self, seed: int, people: Sequence[int], sessions: Sequence[int]) -> None:
        self.chance, self.people, self.sessions, self.now = Random(seed), people, sessions, NOW  # noqa: S311  # no secret

    def run(self, acts: int) -> dict[str, int]:
        """Do so many acts, and return how many of each were not refused."""
        every: list[Callable[[], Any]] = [
            *[self.book] * 6,
            *[self.cancel] * 3,
            *[self.swap] * 3,
            *[self.accept, self.decline] * 2,
            *[self.decide] * 3,
            *[self.move, self.move_up, self.set_capacity, self.cancel_session, self.bring_back],
            *[self.register, self.cancel_registration, self.sweep],
        ]
        done: dict[str, int] = {}
        for number in range(acts):
            act = self.chance.choice(every)
            try:
                act()
            except REFUSALS:
                continue
            done[act.__name__] = done.get(act.__name__, 0) + 1
            self.now += timedelta(hours=number % 50 == 49)
        return done

    def book(self) -> None:
        """Book for somebody; every third time the team does it for them."""
        registration = self.registration()
        by = BY if self.chance.randrange(3) else Member.objects.get(pk=self.people[0])
        booking.book(self.session(), registration, by=by, at=self.now)

    def cancel(self) -> None:
        """Give one up."""
        for one in self.some(*Booking.HOLDING, Status.WAITING, Status.PASSED):
            booking.cancel(one, by=BY, at=self.now)

    def swap(self) -> None:
        """Swap one place for another session."""
        for one in self.some(*Booking.PLACED):
            booking.swap([one], self.session(), by=BY, at=self.now)

    def accept(self) -> None:
        """Accept an offer, instead of what else they have."""
        for one in self.some(Status.OFFERED):
            placed = Booking.objects.filter(member=one.member_id, status__in=Booking.PLACED)
            booking.accept(one, replacing=list(placed), by=BY, at=self.now)

    def decline(self) -> None:
        """Decline an offer."""
        for one in self.some(Status.OFFERED):
            booking.decline(one, by=BY, at=self.now)

    def decide(self) -> None:
        """Keep one of two that overlap."""
        for one in self.some(Status.CONTESTED):
            deciding.keep(one, giving_up=list(deciding.overlapping(one)), by=BY, at=self.now)

    def move(self) -> None:
        """Move a session by half an hour, whoever has booked what else then."""
        session, by = self.session(), timedelta(minutes=self.chance.choice([-30, 30]))
        assert session.starts_at is not None
        assert session.ends_at is not None
        session.starts_at, session.ends_at = session.starts_at + by, session.ends_at + by
        changes.save_session(session, by=BY, at=self.now)

    def move_up(self) -> None:
        """Move somebody to the head of a line."""
        for one in self.some(Status.WAITING):
            by = Member.objects.get(pk=self.people[0])
            waiting_list.move_up(one, by=by, reason="Signs.", at=self.now)

    def set_capacity(self) -> None:
        """Change how many places there are."""
        places = self.chance.choice([1, 2, 3, 5, None])
        capacity.set_capacity(self.session(), places, by=BY, at=self.now)

    def cancel_session(self) -> None:
        """Cancel a session as it was looked at."""
        session = self.session()
        seen = cancelling.look(session, at=self.now).fingerprint
        cancelling.cancel(session, "Because.", seen=seen, by=BY, at=self.now)

    def bring_back(self) -> None:
        """Bring back whatever was cancelled last."""
        cancelled = Session.objects.filter(pk__in=self.sessions, status=Session.Status.CANCELLED)
        for session in cancelled.select_related("event"):
            cancelling.bring_back(session, by=BY, at=self.now)

    def register(self) -> None:
        """Register somebody again."""
        person = Member.objects.get(pk=self.chance.choice(self.people))
        registering.register(self.session().event, person, by=person, at=self.now)

    def cancel_registration(self) -> None:
        """Cancel a registration with all its bookings; seldom, so that people are left."""
        if not self.chance.randrange(4):
            registering.cancel(self.registration(), by=BY, at=self.now)

    def sweep(self) -> None:
        """Do what the clock does: offers and decisions that are due, cancellations that are told."""
        waiting_list.sweep(at=self.now)
        cancelling.settle(at=self.now)

    def session(self) -> Session:
        """Return one of the sessions, as it is now."""
        return Session.objects.select_related("event").get(pk=self.chance.choice(self.sessions))

    def registration(self) -> Registration:
        """Return somebody's registration."""
        found = Registration.objects.select_related("member", "event")
        return found.get(member=self.chance.choice(self.people))

    def some(self, *statuses: str) -> list[Booking]:
        """Return one booking in one of these states, if there is one."""
        rows = Booking.objects.filter(status__in=statuses, member__in=self.people).order_by("pk")
        found = list(rows.values_list("pk", flat=True))
        return [Booking.objects.get(pk=self.chance.choice(found))] if found else []
