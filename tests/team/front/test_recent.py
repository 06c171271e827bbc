"""What the team did last: whose acts, of which things, in how many words."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from audit import trail
from audit.acts import Act
from members import membership
from members.models import Member
from team.front import recent
from tests import make
from tests.contracts import people
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def tess():
    """One of support."""
    return named("Tess", "Support")


@pytest.fixture
def root():
    """Somebody who may see everything."""
    return people.admin()


def named(name, *groups):
    member = people.staff(*groups)
    member.name = name
    member.save()
    return member


def told(reader, *, at=NOW):
    return [(one.who, one.what, one.about) for one in recent.lines(reader, at=at)]


def test_it_says_who_did_what_for_whom(tess, root):
    winnie = make.member("Winnie", membership="waiting")
    membership.approve(winnie, by=tess, at=NOW)

    (line,) = recent.lines(root, at=NOW + timedelta(minutes=5))

    assert (line.who, line.what, line.about) == ("Tess", "Approved the membership", "Winnie")
    assert (line.ago, line.url) == ("5 minutes ago", f"/team/people/{winnie.pk}/")


def test_ones_own_acts_are_there_as_you(tess):
    membership.approve(make.member("Winnie", membership="waiting"), by=tess, at=NOW)

    assert told(tess) == [("You", "Approved the membership", "Winnie")]


def test_acts_of_one_kind_in_a_row_are_one_line(tess, root):
    for n in range(20):
        membership.approve(make.member(f"P{n:02}", membership="waiting"), by=tess, at=NOW)

    (line,) = recent.lines(root, at=NOW)

    assert line.about == "P19, P18, P17 and 17 more"
    assert line.url == ""


def test_what_colleagues_do_for_themselves_is_theirs(tess, root):
    registration = make.registration(make.event(), tess)
    trail.record(registration, Act.REGISTERED, by=tess, at=NOW)
    trail.record(tess, Act.PROFILE_SAVED, by=tess, at=NOW)

    assert told(root) == []


def test_what_members_do_is_not_the_teams(root):
    ada = make.member("Ada")
    trail.record(make.event(), Act.EVENT_CHANGED, by=ada, at=NOW)

    assert told(root) == []


def test_each_sees_only_what_happened_to_things_they_may_see(tess):
    session = make.session(make.event(), title="Run charts")
    trail.record(session, Act.SESSION_CHANGED, by=named("Evan", "Event admin"), at=NOW)
    membership.approve(make.member("Winnie", membership="waiting"), by=tess, at=NOW)

    assert told(people.staff("Moderator")) == []
    assert ("Evan", "Changed the session", "Run charts") in told(people.staff("Support"))


def test_what_is_older_than_two_weeks_is_left_to_the_history(tess, root):
    membership.approve(make.member("Winnie", membership="waiting"), by=tess, at=NOW)

    assert len(told(root, at=NOW + recent.SINCE)) == 1
    assert told(root, at=NOW + recent.SINCE + timedelta(seconds=1)) == []


def test_a_long_row_of_one_act_hides_no_other_and_is_counted_to_the_last(tess, root):
    trail.record(make.session(make.event(), title="Run charts"), Act.SESSION_CHANGED, by=tess, at=NOW)
    for n in range(120):
        trail.record(make.member(f"P{n:03}"), Act.APPROVED, by=tess, at=NOW)

    assert told(root) == [
        ("Tess", "Approved the membership", "P119, P118, P117 and 117 more"),
        ("Tess", "Changed the session", "Run charts"),
    ]


def test_where_there_is_more_than_is_read_the_number_is_the_least(tess, root):
    ada = make.member("Ada")
    trail.record_all(trail.entry(ada, Act.APPROVED, by=tess, at=NOW) for _ in range(recent.MANY + 5))

    assert told(root) == [("Tess", "Approved the membership", "Ada and 1,999 more, or more")]


def test_what_a_colleague_has_not_sent_yet_is_theirs(root):
    mo = named("Mo", "Moderator")
    trail.record(make.post(title="My story", status="draft", proposed_by=mo), Act.POST_BEGUN, by=mo, at=NOW)

    assert told(root) == []
    assert told(people.staff("Blog editor")) == []


def test_that_there_are_access_needs_is_for_who_may_know(tess):
    registration = make.registration(make.event(), make.member("Ada"))
    trail.record(registration, Act.NEEDS_KEPT, by=tess, at=NOW)
    may_not = people.staff("Event admin")
    may_not.groups.get().permissions.remove(*Permission.objects.filter(codename="view_accessneeds"))

    assert told(people.staff("Support")) == [("Tess", "Wrote down access needs", "Ada")]
    assert told(may_not) == []


def test_nobody_is_led_to_a_page_that_is_not_there_for_them(tess):
    gone, there = (make.member(name) for name in ("Gone", "There"))
    trail.record(gone, Act.APPROVED, by=tess, at=NOW)
    trail.record(make.event(), Act.EVENT_CHANGED, by=tess, at=NOW)
    trail.record(there, Act.APPROVED, by=tess, at=NOW)
    Member.objects.filter(pk=gone.pk).update(is_active=False)

    found = {one.about: one.url for one in recent.lines(people.staff("Support"), at=NOW)}

    assert (found["Gone"], found["There"]) == ("", f"/team/people/{there.pk}/")


def test_who_was_erased_is_nobody(tess, root):
    winnie = make.member("Winnie", membership="waiting")
    trail.record(winnie, Act.APPROVED, by=tess, at=NOW)
    winnie.delete()

    assert told(root) == [("Tess", "Approved the membership", "")]


@pytest.mark.parametrize("number", [1, 30])
def test_it_asks_the_same_of_one_and_of_thirty(number, tess, root, django_assert_num_queries):
    for n in range(number):
        winnie = make.member(f"W{n}", membership="waiting")
        membership.approve(winnie, by=tess, at=NOW)
        trail.record(make.session(make.event()), Act.SESSION_CHANGED, by=tess, at=NOW)
    root.has_perm("events.view_session")

    with django_assert_num_queries(3):
        recent.lines(root, at=NOW)
