"""Who learns that somebody has needs, and which: those with the right, after a look, and hosts as agreed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from audit.acts import Act
from audit.confidential import ABOUT_NEEDS, Why
from events import access_needs, need_cases, registration
from events.models import AccessNeed
from members import capabilities
from team.front import recent
from team.sessions.gaps import UNMET
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from tests.team.sessions.changing import typed
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
NEEDS, LIST = "/team/needs/", "/admin/events/registration/"
LATE = "Asked after the ask-by date"


@pytest.fixture
def tess():
    """An event admin, who may see needs."""
    return people.staff("Event admin")


@pytest.fixture
def rob():
    """A role that sees and changes all around, and not access needs."""
    desk = Group.objects.create(name="Desk")
    rights = [capabilities.SEE_EVENTS, capabilities.CHANGE_PROGRAMME, capabilities.CHANGE_MEMBERS]
    capabilities.give(desk, [*rights, "events.change_registration", capabilities.CHANGE_BOOKINGS])
    member = make.member("Rob", is_staff=True)
    member.groups.add(desk)
    return member


@pytest.fixture
def ada():
    """Somebody registered who has booked a session that lacks what they need."""
    registered = make.registration(make.event(slug="2026"), make.member("Ada"))
    booking.book(make.workshop(registered.event, slug="huddle"), registered, by=BY, at=NOW)
    return registered


def reads(member, path):
    answer = people.reader(member).get(path)
    assert answer.status_code == 200
    return flat(answer.text)


def test_the_admin_s_list_says_who_has_needs_to_who_may_see_them(tess, rob, ada):
    make.need(ada)

    shown = {one.name: "column-has_needs" in reads(one, LIST) for one in (tess, rob)}

    assert shown == {tess.name: True, "Rob": False}


def test_histories_in_the_admin_tell_of_needs_to_who_may_see_them(tess, rob, ada):
    access_needs.save(ada, kinds={"captions": True}, keep=True, by=ada.member, at=NOW)
    for act, only_shared in ((Act.NEEDS_SEEN, False), (Act.NEEDS_SEEN_BY_HOST, True)):
        access_needs.look([ada.pk], Why.TO_ARRANGE, act=act, only_shared=only_shared, by=BY, at=NOW)
    access_needs.keep_no_longer(ada.member, by=ada.member, at=NOW)
    registration.cancel(ada, by=ada.member, at=NOW)
    pages = (f"{LIST}{ada.pk}/history/", f"/admin/members/member/{ada.member_id}/history/")

    of_tess, of_rob = (" ".join(reads(one, page) for page in pages) for one in (tess, rob))

    told = [Act.NEEDS_KEPT, Act.NEEDS_SEEN, Act.NEEDS_SEEN_BY_HOST, Act.NEEDS_LET_GO]
    assert [str(act.label) in of_tess for act in told] == [True] * 4
    assert [act for act in told if str(act.label) in of_rob] == []
    assert str(Act.REGISTRATION_CANCELLED.label) in of_rob


def test_every_act_about_needs_is_told_only_with_the_right():
    about_needs = {
        act for act in Act if "need" in act.value.partition(".")[2] or act.value.startswith("need.")
    }

    assert set(ABOUT_NEEDS) == about_needs


@pytest.mark.parametrize(
    "page", ["/team/events/2026/", "/team/events/2026/sessions/huddle/", "/team/events/2026/publish/"]
)
def test_that_a_session_lacks_what_somebody_needs_is_for_who_may_see_needs(tess, rob, ada, page):
    make.need(ada)
    if "publish" in page:
        ada.event.sessions.update(status="draft")

    shown = [UNMET.words in reads(one, page) for one in (tess, rob)]

    assert shown == [True, False]


def test_before_a_change_too_what_somebody_needs_is_for_who_may_see_needs(tess, rob, ada):
    make.need(ada)
    sent = typed(ada.event.sessions.get()) | {"room": "Elsewhere", "act": "look"}

    page = "/team/events/2026/sessions/huddle/change/"
    pages = [people.reader(one).post(page, sent) for one in (tess, rob)]

    assert ["Save" in page.text for page in pages] == [True, True]
    assert [UNMET.words in page.text for page in pages] == [True, False]


def test_before_a_look_nothing_tells_which_need_it_is(tess, ada):
    make.need(ada, "captions", was_asked_late=True)
    desk = people.reader(tess)

    before, late, after = desk.get(NEEDS), desk.get(f"{NEEDS}?state=late"), desk.post(NEEDS)

    assert (LATE in before.text, "Lacking" in before.text) == (False, False)
    assert late.context["found"].rows == []
    assert (LATE in after.text, "Lacking" in after.text) == (True, True)


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({}, 1),
        ({"status": "cancelled"}, 0),
        ({"status": "received"}, 0),
        ({"status": "waiting", "ticket": 1}, 0),
    ],
)
def test_hosts_know_of_who_comes_and_of_nobody_else(fields, number):
    one = make.registration(make.event(), make.member("Ada"), **fields)
    make.need(one, is_shared_with_hosts=True)

    found = looked_at_for_a_host(one, NOW)

    assert len(found) == number


def test_two_weeks_after_the_event_hosts_know_nothing_more(ada):
    make.need(ada, is_shared_with_hosts=True)
    last = NOW + (ada.event.last_day - NOW.date())

    known = [len(looked_at_for_a_host(ada, last + timedelta(days=days))) for days in (0, 14, 16)]

    assert known == [1, 1, 0]


def looked_at_for_a_host(one, at):
    act = Act.NEEDS_SEEN_BY_HOST
    return access_needs.look([one.pk], Why.FOR_THE_HOST, act=act, only_shared=True, by=BY, at=at)


def test_answers_of_colleagues_are_among_what_the_team_did_for_who_may_see_needs(tess, rob, ada):
    case = make.need(ada)
    need_cases.confirm(case.pk, version=0, by=people.admin(), at=NOW)

    told = [[line.what for line in recent.lines(one, at=NOW)] for one in (tess, rob)]

    assert AccessNeed.objects.get().state == "confirmed"
    assert told == [["Confirmed an access need to the member"], []]
