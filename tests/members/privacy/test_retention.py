"""What is kept how long: each kind is forgotten by the one task, at its time and not before."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import DatabaseError

from common.personal_data import retention
from common.personal_data.retention import Kept
from events.models import AccessNeeds
from members import membership
from members.models import ListUpload, Member
from members.privacy import unconfirmed
from members.tasks import forget
from notifications import outbox
from notifications.models import Message, SentLetter
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from workshops.models import ProgrammeUpload

SECOND = timedelta(seconds=1)
DAYS = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "folders")]


def left_after(rows, period):
    """How many rows are left just before their time, and at it."""
    left = []
    for at in (NOW + period - SECOND, NOW + period):
        with time_machine.travel(at, tick=False):
            forget()
        left.append(rows().count())
    return left


def test_accounts_that_nobody_confirmed_go_after_a_month():
    Member.objects.create_user("zoe@wards.example", name="Zoe", date_joined=NOW)

    assert left_after(lambda: Member.objects.filter(name="Zoe"), 30 * DAYS) == [1, 0]


def test_accounts_that_somebody_is_in_or_the_team_made_stay():
    make.member("Confirmed", date_joined=NOW)
    membership.add(
        Member(name="Vouched for", email="v@wards.example", date_joined=NOW), is_member=True, by=BY, at=NOW
    )
    registered = Member.objects.create_user("r@wards.example", name="Registered", date_joined=NOW)
    make.registration(make.event(), registered)
    people.admin()
    Message.objects.all().delete()

    unconfirmed.forget(at=NOW + 1000 * DAYS)

    assert set(Member.objects.values_list("name", flat=True)) == {
        "Confirmed",
        "Vouched for",
        "Registered",
        "Root",
    }


def test_needs_go_a_month_after_the_event():
    event = make.event()
    make.needs(make.registration(event, make.member("Ada")), "A chair")
    over = NOW.replace(hour=0, minute=0) + (event.last_day - NOW.date()) + DAYS

    assert left_after(AccessNeeds.objects.all, over - NOW + 30 * DAYS) == [1, 0]


def test_needs_of_who_has_cancelled_go_a_month_later():
    event = make.event(last_day=NOW.date() + 200 * DAYS)
    cancelled = make.registration(event, make.member("Ada"), status="cancelled")
    make.needs(cancelled, "A chair")

    assert left_after(AccessNeeds.objects.all, 30 * DAYS) == [1, 0]


def test_addresses_of_people_without_account_go_from_emails_after_a_month():
    outbox.enqueue("password-changed", at=NOW, key="1", email="zoe@wards.example", secret={"a": "b"})
    Message.objects.update(state="sent", subject="Dear Zoe")
    SentLetter.objects.create(message=Message.objects.get(), text="Dear Zoe", kept_at=NOW)

    left = left_after(
        lambda: Message.objects.filter(email="zoe@wards.example", subject="Dear Zoe"), 30 * DAYS
    )

    assert left == [1, 0]
    assert (Message.objects.count(), SentLetter.objects.count()) == (1, 0)


def test_where_an_email_goes_that_still_waits_is_kept():
    outbox.enqueue("password-changed", at=NOW, key="1", email="zoe@wards.example")

    assert left_after(lambda: Message.objects.filter(email="zoe@wards.example"), 30 * DAYS) == [1, 1]


def test_a_code_that_is_too_old_is_wiped_also_where_its_email_was_never_sent():
    outbox.enqueue(
        "login-code", at=NOW, key="1", email="z@x.example", secret={"code": "1"}, not_after=NOW + 900 * SECOND
    )

    assert left_after(lambda: Message.objects.exclude(secret=None), timedelta(minutes=15)) == [1, 0]


def test_sessions_go_once_they_have_ended():
    people.reader(make.member("Ada"))

    assert left_after(Session.objects.all, 14 * DAYS) == [1, 0]


@pytest.mark.parametrize("model", [ListUpload, ProgrammeUpload])
def test_files_that_nobody_imported_go_after_a_day(model):
    event = {"event": make.event()} if model is ProgrammeUpload else {}
    model.objects.create(member=people.admin(), filename="l.csv", content=b"x", created_at=NOW, **event)

    assert left_after(model.objects.all, DAYS) == [1, 0]


@pytest.mark.parametrize("error", [DatabaseError, OSError])
def test_one_kind_that_fails_does_not_keep_the_others(error, monkeypatch, caplog):
    def fails(*, at):
        raise error("The disk is full.")

    rest = dict(retention._TABLE)
    monkeypatch.setattr(retention, "_TABLE", {"broken": Kept("broken", "a", "b", forget=fails), **rest})
    people.reader(make.member("Ada"))

    assert left_after(Session.objects.all, 14 * DAYS) == [1, 0]
    assert "What is kept as “broken” could not be forgotten." in caplog.text


def test_every_kind_says_how_long_and_why():
    assert all(str(one.what) and str(one.why) and one.how_long for one in retention.table())
    assert [one.how_long for one in retention.table() if one.kind in ("codes", "needs", "exports")] == [
        "30 days",
        "7 days",
        "15 minutes",
    ]
