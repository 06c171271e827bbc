"""What of announcements is under way stands on the team's first page, for those who may send them."""

from datetime import timedelta

import pytest

from common.edit_conflicts import stamp
from notifications.models import Message
from team.announcements import writing
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat
from tests.team.announcements.announcing import draft, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def tess():
    return people.staff("Event admin")


def lines(reader) -> list[tuple[str, str]]:
    sections = people.reader(reader).get("/team/").context["sections"]
    return [(line.text, line.detail) for one in sections if one.slug == "announcements" for line in one.lines]


def test_what_goes_out_fails_or_waits_is_named(tess):
    make.member("Ada")
    going, failed = sent(tess, subject="Going"), sent(tess, subject="Failed")
    waits = draft(tess, subject="Waits")
    writing.schedule(waits, NOW + timedelta(days=1), seen=stamp(waits), by=tess, at=NOW)
    Message.objects.filter(key__startswith=f"announcement:{failed.pk}:").update(state="failed")
    draft(tess)

    assert sorted(lines(tess)) == [
        ("1 draft is not sent", ""),
        ("“Failed”", "2 emails failed."),
        ("“Going”", "Being sent: 2 wait."),
        ("“Waits”", "Goes out Tue 3 Nov, 10:00."),
    ]
    assert going.people == 2


def test_nothing_is_under_way_once_all_is_sent(tess):
    sent(tess)
    Message.objects.update(state="sent")

    assert lines(tess) == []


def test_who_may_not_send_them_has_no_such_job(tess):
    sent(tess)

    sam = people.reader(people.staff("Support")).get("/team/")

    assert "announcements" not in [one.slug for one in sam.context["sections"]]


def test_colleagues_see_that_one_was_sent(tess):
    sent(tess, subject="Pens")

    page = flat(people.reader(people.staff("Event admin")).get("/team/").text)

    assert "Sent the announcement" in page
    assert "Pens" in page
