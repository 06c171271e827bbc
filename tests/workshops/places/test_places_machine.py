"""Everything that can be done to places, in any order: after every step all rules about them hold."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from events import registration as registering
from events.models import Registration, Session
from events.places import CapacityBelowTaken
from members.models import Member
from tests import invariants, make
from tests.found import found
from tests.make import BY, NOW
from tests.members.merging.bringing import bring_together
from workshops.models import Booking, Workshop
from workshops.places import booking, deciding, last_minutes, waiting_list
from workshops.places.deadlines import ANSWERED_WITHIN, HALF_HOUR, is_for_all, is_last_half_hour
from workshops.places.refusals import BookingRefused
from workshops.programme import cancelling, capacity, changes
from workshops.programme.changes import ProgrammeRefused

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
Status = Booking.Status

PEOPLE = st.integers(0, 4)
SESSIONS = st.integers(0, 3)
CAPACITIES = st.sampled_from([0, 1, 1, 2, 2, 3, None])


class Places(RuleBasedStateMachine):
    """Five members, one of them a host, at four workshops that overlap in pairs, in two events."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo._from_testcase = True  # type: ignore[attr-defined]  # never committed: what follows a commit is done at once
        self.undo.__enter__()
        self.now = NOW
        here, there = make.event(capacity=4), make.event()
        people = [make.member(name) for name in ("Ada", "Bo", "Cy", "Dan", "Hana")]
        self.events = [here, there]
        self.people, self.staff = people, make.member("Sam", is_staff=True)
        self.sessions = [
            make.workshop(here, 1, hour=10, hours=2),
            make.workshop(here, 1, hour=11),
            make.workshop(here, 2, hour=13),
            make.workshop(there, 1, hour=11.5),
        ]
        make.host(make.session(here, hour=13), member=people[4])

    @initialize()
    def all_register(self):
        for event in self.events:
            for person in self.people:
                registering.register(event, person, by=person, at=self.now)

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def session(self, number):
        return Session.objects.select_related("event").get(pk=self.sessions[number].pk)

    def registration(self, number, session):
        return Registration.objects.get(member=self.people[number], event=session.event)

    def bookings(self, number, *statuses):
        rows = Booking.objects.filter(member=self.people[number], status__in=statuses)
        return list(rows.order_by("id"))

    def tried(self, act, *arguments, by=BY, **named):
        """Act, a refusal being as good as a success: the rules must hold after either."""
        try:
            return act(*arguments, by=by, at=self.now, **named)
        except (BookingRefused, CapacityBelowTaken, ProgrammeRefused, registering.RegistrationRefused):
            return None

    @rule(person=PEOPLE, number=SESSIONS)
    def book(self, person, number):
        session = self.session(number)
        was_free = not session.workshop.is_full
        hers = self.registration(person, session)
        had = Booking.objects.live().filter(registration=hers, session=session).exists()
        booked = self.tried(booking.book, session, hers)
        if booked is not None and not had and not was_free:
            assert booked.status != Status.BOOKED or booked.ticket < session.workshop.ticket + 2

    @rule(person=PEOPLE, which=st.integers(0, 5))
    def cancel(self, person, which):
        if live := self.bookings(person, *set(Status) - {Status.CANCELLED}):
            self.tried(booking.cancel, live[which % len(live)])

    @rule(person=PEOPLE, number=SESSIONS, how_many=st.integers(1, 3))
    def swap(self, person, number, how_many):
        had = self.bookings(person, *Booking.PLACED)[:how_many]
        before = {one.pk for one in had}
        if had and self.tried(booking.swap, had, self.session(number)) is None:
            assert before <= {one.pk for one in self.bookings(person, *Booking.PLACED)}

    @rule(person=PEOPLE, replacing=st.booleans())
    def accept(self, person, replacing):
        for offered in self.bookings(person, Status.OFFERED)[:1]:
            booked = self.bookings(person, *Booking.PLACED) if replacing else []
            self.tried(booking.accept, offered, replacing=booked)

    @rule(person=PEOPLE, which=st.integers(0, 3), sees_all=st.booleans())
    def decide(self, person, which, sees_all):
        if self.bookings(person, Status.CONTESTED):
            places = self.bookings(person, *Booking.PLACED)
            place = places[which % len(places)]
            others = list(deciding.overlapping(place))
            kept = self.tried(deciding.keep, place, giving_up=others if sees_all else others[1:])
            place.refresh_from_db()
            assert kept is None or place.status == Status.BOOKED
            assert kept is None or not deciding.overlapping(place).exists()

    @rule(person=PEOPLE, number=SESSIONS, replacing=st.booleans())
    def take(self, person, number, replacing):
        """Take what is free; only in the last half hour, and never past those who wait but at its end."""
        session = self.session(number)
        hers = self.registration(person, session)
        live = Booking.objects.live().filter(registration=hers, session=session).first()
        waits = live is not None and live.status in last_minutes.IN_LINE
        line = session.workshop.line
        booked = [one for one in self.bookings(person, *Booking.PLACED) if one.session_id != session.pk]
        taken = self.tried(last_minutes.take, session, hers, replacing=booked if replacing else [])
        if taken is not None and (live is None or waits):
            assert taken.status == Status.BOOKED
            assert waits is False or is_last_half_hour(session.starts_at, self.now)
            assert waits or not line or is_for_all(session.starts_at, self.now)

    @rule(number=SESSIONS, minutes=st.sampled_from([31, 30, 20, 10, 1]))
    def begins_soon(self, number, minutes):
        """A session begins in so many minutes: the clock goes there, never back."""
        self.now = max(self.now, self.session(number).starts_at - timedelta(minutes=minutes))
        waiting_list.sweep(at=self.now)

    @rule(person=PEOPLE)
    def decline(self, person):
        for offered in self.bookings(person, Status.OFFERED)[:1]:
            self.tried(booking.decline, offered)

    @rule(number=SESSIONS, places=CAPACITIES)
    def set_capacity(self, number, places):
        self.tried(capacity.set_capacity, self.session(number), places)

    @rule(number=SESSIONS, by=st.sampled_from([-60, -30, 30, 60, 90]))
    def move(self, number, by):
        session = self.session(number)
        session.starts_at += timedelta(minutes=by)
        session.ends_at += timedelta(minutes=by)
        self.tried(changes.save_session, session)

    @rule(one=SESSIONS, other=SESSIONS)
    def trade_times(self, one, other):
        a, b = self.session(one), self.session(other)
        if a.pk != b.pk:
            a.starts_at, a.ends_at, b.starts_at, b.ends_at = b.starts_at, b.ends_at, a.starts_at, a.ends_at
            self.tried(changes.save_sessions, [a, b])

    @rule(one=SESSIONS, other=SESSIONS, onto=SESSIONS)
    def move_together(self, one, other, onto):
        moved = {number: self.session(number) for number in (one, other)}
        span = self.session(onto)
        for session in moved.values():
            session.starts_at, session.ends_at = span.starts_at, span.ends_at
        self.tried(changes.save_sessions, list(moved.values()))

    @rule(number=SESSIONS, status=st.sampled_from(Session.Status))
    def save_as(self, number, status):
        session = self.session(number)
        session.status = status
        self.tried(changes.save_session, session)

    @rule(number=SESSIONS)
    def cancel_session(self, number):
        session = self.session(number)
        seen = cancelling.look(session, at=self.now).fingerprint
        self.tried(cancelling.cancel, session, "Because.", seen=seen)

    @rule(number=SESSIONS)
    def bring_back(self, number):
        self.tried(cancelling.bring_back, self.session(number))

    @rule(number=SESSIONS)
    def cancel_session_and_bring_it_back(self, number):
        rows = Booking.objects.live().filter(session=self.session(number)).order_by("pk")
        before = list(rows.values_list("pk", "status", "ticket"))
        if self.session(number).is_published:
            self.cancel_session(number)
            if self.tried(cancelling.bring_back, self.session(number)) is not None:
                assert list(rows.values_list("pk", "status", "ticket")) == before

    @rule(person=PEOPLE, number=SESSIONS)
    def register(self, person, number):
        self.tried(registering.register, self.session(number).event, self.people[person])

    @rule(person=PEOPLE, number=SESSIONS)
    def cancel_registration(self, person, number):
        self.tried(registering.cancel, self.registration(person, self.session(number)))

    @rule(person=PEOPLE, which=st.integers(0, 3))
    def move_up(self, person, which):
        if waits := self.bookings(person, Status.WAITING):
            team = self.people[0]
            self.tried(waiting_list.move_up, waits[which % len(waits)], by=team, reason="Because.")

    @rule(person=PEOPLE, other=PEOPLE)
    def merge(self, person, other):
        """Two accounts become one; somebody new comes in the other's stead."""
        kept, ended = self.people[person], self.people[other]
        if person == other:
            return
        booked = {one.session_id for one in self.bookings(person, Status.BOOKED)}
        bring_together(kept, Member.objects.get(pk=ended.pk), by=self.staff, at=self.now)
        left = Booking.objects.live().filter(member=ended)
        after = {one.session_id for one in self.bookings(person, Status.BOOKED)}
        assert not left.exists()
        assert len(after) >= bool(booked)
        self.people[other] = make.member("New")
        for event in self.events:
            self.tried(registering.register, event, self.people[other])
            Registration.objects.get_or_create(
                event=event,
                member=self.people[other],
                defaults={
                    "status": "cancelled",
                    "code_of_conduct_accepted_at": self.now,
                    "created_at": self.now,
                    "status_changed_at": self.now,
                },
            )

    @rule(hours=st.sampled_from([1, 13, 25]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        waiting_list.sweep(at=self.now)
        cancelling.settle(at=self.now)

    @invariant()
    def all_rules_hold(self):
        assert invariants.broken() == []

    @invariant()
    def what_could_be_decided_no_more_has_ended(self):
        waiting_list.sweep(at=self.now)
        assert not Booking.objects.filter(status=Status.CONTESTED, expires_at__lte=self.now).exists()

    @invariant()
    def nothing_waits_that_could_be_served(self):
        soon = self.now + HALF_HOUR
        waits = Workshop.objects.filter(pk__in=invariants.unserved(), during__startswith__gt=soon)
        assert list(waits) == []

    @invariant()
    def no_offer_is_too_short_to_be_answered(self):
        for offer in Booking.objects.filter(status=Status.OFFERED, during__startswith__gt=self.now):
            held = found(offer.expires_at) - offer.status_changed_at
            assert held >= ANSWERED_WITHIN or offer.expires_at == offer.during.lower


def run(steps):
    """Run the machine for about so many steps."""
    each = 50
    run_state_machine_as_test(
        Places,
        settings=settings(
            max_examples=steps // each,
            stateful_step_count=each,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


def test_after_each_of_2000_steps_all_rules_about_places_hold():
    run(2_000)


@pytest.mark.full
def test_after_each_of_10000_steps_all_rules_about_places_hold():
    run(10_000)
