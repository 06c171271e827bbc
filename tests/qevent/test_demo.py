"""The demo: loaded once, through the rules, into the near future."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group

from events.models import Event, Session, Theme
from members.models import Member
from notifications.models import Message
from qevent.demo import load
from qevent.demo.people import ACCOUNTS, PASSWORD, accounts_text
from workshops.models import Booking, Workshop

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_the_event_is_a_wednesday_and_thursday_ten_to_sixteen_days_ahead():
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(400)]

    firsts = [(load.first_day(day), (load.first_day(day) - day).days) for day in days]

    assert {day.weekday() for day, _ in firsts} == {2}
    assert {ahead for _, ahead in firsts} == set(range(10, 17))


def test_it_has_what_there_is_to_try():
    event = load.load(at=NOW)

    slots = Session.objects.filter(format="workshop").values_list("starts_at", flat=True)
    formats = set(Session.objects.values_list("format", flat=True))
    assert (event.slug, event.first_day, Theme.objects.count()) == ("2026", date(2026, 12, 2), 4)
    assert (len(slots), len(set(slots))) == (16, 4)
    assert formats == set(Session.Format.values)


def test_some_workshops_are_full_some_have_waiting_lists_and_the_counters_are_true():
    load.load(at=NOW)

    for places in Workshop.objects.all():
        bookings = Booking.objects.filter(session_id=places.session_id)
        assert places.taken == bookings.filter(status="booked").count()
        assert places.line == bookings.filter(status="waiting").count()
    assert Workshop.objects.filter(line__gt=0).count() >= 3
    assert sum(1 for places in Workshop.objects.all() if not places.is_full) >= 6


def test_every_account_can_log_in_and_stands_where_the_list_says():
    Group.objects.get_or_create(name="Event admin")
    load.load(at=NOW)

    people = {member.email: member for member in Member.objects.filter(email__endswith="@example.org")}

    assert {account.email for account in ACCOUNTS} == set(people)
    assert all(people[account.email].check_password(PASSWORD) for account in ACCOUNTS)
    assert {account.email: account.membership for account in ACCOUNTS} == {
        email: member.membership for email, member in people.items()
    }
    assert all(account.email in accounts_text() for account in ACCOUNTS)


def test_a_second_load_changes_nothing():
    load.load(at=NOW)
    before = (Event.objects.count(), Member.objects.count(), Booking.objects.count(), Message.objects.count())

    again = load.load(at=NOW + timedelta(days=1))

    after = (Event.objects.count(), Member.objects.count(), Booking.objects.count(), Message.objects.count())
    assert (again, after) == (None, before)


def test_nobody_who_cannot_log_in_is_owed_an_email():
    load.load(at=NOW)

    owed = set(Message.objects.values_list("member__email", flat=True))

    assert owed == {"ada@example.org", "hana@example.org"}
