"""The digest to moderators: when, to whom, and what it is about."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from comments.moderation import backlog, digest, reporting
from comments.moderation.moderators import is_another, moderators
from comments.writing import authoring
from members.models import Member
from tests import make
from tests.comments.conversation import moderator, owed
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 where the team works; the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Europe/London"))


def waits(**fields):
    return make.comment(make.post(), status="pending", **({"created_at": at(2, 6)} | fields))


def test_moderators_are_told_what_waits():
    moderator("Mo")
    waits()

    digest.tell_moderators(at=at(2, 9))

    assert owed() == [("moderation-digest", "Mo")]


def test_an_edit_that_waits_is_told_too():
    moderator("Mo")
    make.comment(make.post(), pending_body="Changed", created_at=at(2, 6))

    digest.tell_moderators(at=at(2, 9))

    assert owed() == [("moderation-digest", "Mo")]


def test_a_report_and_a_wish_to_look_again_are_told_too():
    moderator("Mo")
    reported = make.comment(make.post(), created_at=at(2, 6))
    reporting.report(reported, by=None, reason="spam", words="", at=at(2, 7))
    digest.tell_moderators(at=at(2, 9))
    by_report = owed()
    reported.reports.all().delete()
    make.comment(
        make.post(),
        status="rejected",
        created_at=at(2, 6),
        status_changed_at=at(2, 6),
        appealed_at=at(2, 7),
    )

    digest.tell_moderators(at=at(2, 14))

    assert (by_report, len(owed())) == ([("moderation-digest", "Mo")], 2)


def test_a_report_of_what_its_author_withdrew_is_no_work():
    moderator("Mo")
    reported = make.comment(make.post(), created_at=at(2, 6))
    reporting.report(reported, by=None, reason="spam", words="", at=at(2, 7))
    authoring.withdraw(reported, by=BY, at=at(2, 7))

    digest.tell_moderators(at=at(2, 9))

    assert (owed(), backlog.waiting(at=at(2, 9)).is_any) == ([], False)


def test_it_comes_twice_a_working_day_at_most():
    moderator("Mo")
    waits()

    for hour in (8, 9, 12, 13, 15, 17):
        digest.tell_moderators(at=at(2, hour))

    assert len(owed()) == 2


@pytest.mark.parametrize("moment", [at(2, 7, 59), at(2, 18), at(7, 10), at(8, 10)])
def test_it_does_not_come_in_the_night_or_at_the_weekend(moment):
    moderator("Mo")
    waits(created_at=at(1, 6))

    digest.tell_moderators(at=moment)

    assert owed() == []


def test_what_has_just_come_is_left_to_whoever_is_looking():
    moderator("Mo")
    waits(created_at=NOW)

    digest.tell_moderators(at=NOW + HOUR - timedelta(seconds=1))
    early = owed()
    digest.tell_moderators(at=NOW + HOUR)

    assert (early, owed()) == ([], [("moderation-digest", "Mo")])


@pytest.mark.parametrize("status", ["published", "rejected", "spam", "removed", "withdrawn"])
def test_nothing_is_told_where_nothing_waits(status):
    moderator("Mo")
    make.comment(make.post(), status=status, created_at=at(2, 6))

    digest.tell_moderators(at=at(2, 9))

    assert owed() == []


def test_admins_are_asked_only_where_nobody_else_moderates():
    make.member("Root", is_staff=True, is_superuser=True)
    waits()

    digest.tell_moderators(at=at(2, 9))
    moderator("Mo")
    digest.tell_moderators(at=at(2, 14))

    assert owed() == [("moderation-digest", "Root"), ("moderation-digest", "Mo")]


def test_moderators_are_those_who_may_and_are_there():
    mo, root = moderator("Mo"), make.member("Root", is_staff=True, is_superuser=True)
    moderator("Gone", is_active=False)
    make.member("Ada")

    assert set(moderators()) == {mo, root}
    assert is_another(than=mo)
    Member.objects.filter(pk=root.pk).update(is_active=False)
    assert not is_another(than=mo)
