"""Answers one after the other are given in one look: where one was, with the words that were typed."""

from datetime import timedelta

import pytest
import time_machine

from audit.acts import Act
from audit.models import Entry
from events import access_needs, need_cases
from events.models import AccessNeed
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
NEEDS = "/team/needs/"


@pytest.fixture
def desk():
    """A browser of an event admin."""
    return people.reader(people.staff("Event admin"))


@pytest.fixture
def ada():
    """Somebody registered who comes."""
    return make.registration(make.event(slug="2026"), make.member("Ada"))


def looks():
    return list(Entry.objects.filter(act=Act.NEEDS_SEEN).order_by("pk").values_list("member_id", flat=True))


def boxes(page):
    return page.text.count('name="case"')


def first(page):
    return page.context["found"].rows[0].seen


def test_after_an_answer_the_next_can_be_given_and_the_look_is_recorded_once(desk, ada):
    event = ada.event
    for one in (ada, *make.crowd(event, 2)):
        make.need(one)
    page = desk.post(NEEDS)

    after = desk.post(f"{NEEDS}confirm/", {"case": first(page), "next": f"{NEEDS}?page=1"}, follow=True)
    last = desk.post(f"{NEEDS}arrange/", {"case": first(after), "next": f"{NEEDS}?page=1"}, follow=True)

    assert [boxes(one) for one in (page, after, last)] == [3, 2, 2]
    assert len(looks()) == 3


def test_a_press_is_a_look_of_its_own_and_so_is_an_answer_much_later(desk, ada):
    case = make.need(ada)
    make.need(make.registration(ada.event, make.member("Bo")))
    desk.post(f"{NEEDS}?whose=nobody")
    desk.post(NEEDS)
    pressed = len(looks())

    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        desk.post(f"{NEEDS}confirm/", {"case": f"{case.pk}_0"}, follow=True)

    assert (pressed, len(looks())) == (4, 5)


def test_the_button_of_the_list_is_a_look_of_its_own_though_its_form_says_where_to_go_on(desk, ada):
    make.need(ada)
    button = {"look": "1", "next": f"{NEEDS}?page=1"}

    pages = [desk.post(f"{NEEDS}?page=1", button) for _ in range(2)]

    assert 'name="look"' in desk.get(NEEDS).text
    assert [boxes(one) for one in pages] == [1, 1]
    assert looks() == [ada.member_id] * 2


def test_whoever_comes_onto_the_page_by_an_answer_was_looked_at(desk, ada):
    for number in range(52):
        make.need(make.registration(ada.event, make.member(f"Member {number:02}")))
    page = desk.post(NEEDS)
    before = set(looks())

    after = desk.post(f"{NEEDS}confirm/", {"case": first(page), "next": NEEDS}, follow=True)

    assert len(before) == 50
    assert set(looks()) - before == {after.context["found"].rows[-1].member.pk}


def test_one_comes_back_to_the_page_and_filters_where_one_was(desk, ada):
    for number in range(52):
        make.need(make.registration(ada.event, make.member(f"Member {number:02}")))
    page = desk.post(f"{NEEDS}?state=new&page=2")
    here = page.context["here"]

    confirmed = desk.post(f"{NEEDS}confirm/", {"case": first(page), "next": here}, follow=True)
    asked = desk.post(f"{NEEDS}cannot/", {"case": first(confirmed), "next": here}, follow=True)
    back = asked.context["back"]
    declined = desk.post(asked.request["PATH_INFO"], {"instead": "A transcript", "next": back}, follow=True)

    assert (confirmed.context["found"].page.number, confirmed.context["asked"].state) == (2, "new")
    assert (back, declined.context["asked"].state) == (here, "new")


@pytest.mark.parametrize("elsewhere", ["/team/take/", "//example.org/team/needs/", "/team/needs/confirm/"])
def test_what_is_sent_again_is_sent_to_the_list_and_nowhere_else(desk, ada, elsewhere):
    case = make.need(ada)

    answer = desk.post(f"{NEEDS}confirm/?next={elsewhere}", {"case": f"{case.pk}_0"})

    assert (answer.status_code, answer["Location"]) == (307, NEEDS)


def test_words_are_kept_where_a_need_has_changed_and_what_it_is_now_is_shown(desk, ada):
    case, fine = (
        make.need(ada, "other", "A chair"),
        make.need(make.registration(ada.event, make.member("Bo"))),
    )
    path = f"{NEEDS}cannot/{case.pk}_{case.version}-{fine.pk}_{fine.version}/"
    access_needs.save(ada, needs="A stool", by=ada.member, at=NOW)

    page = desk.post(path, {"instead": "A bench by the wall", "next": f"{NEEDS}?state=new"})
    states = dict(AccessNeed.objects.values_list("told__registration__member__name", "state"))
    form = page.context["form"]
    done = desk.post(
        f"{NEEDS}cannot/{page.context['named']}/",
        {"instead": form["instead"].value(), "next": NEEDS},
        follow=True,
    )

    assert "Now: <bdi>A stool</bdi>" in flat(page.text)
    assert "Ada: It has changed since you looked." in page.text
    assert (states, looks()[0]) == ({"Ada": "new", "Bo": "cannot"}, ada.member_id)
    assert done.status_code == 200
    assert AccessNeed.objects.get(pk=case.pk).instead == "A bench by the wall"


def test_who_may_know_can_change_while_it_is_answered(desk, ada):
    case = make.need(ada)
    desk.post(NEEDS)
    access_needs.save(ada, kinds={"captions": True}, by=ada.member, at=NOW)

    need_cases.confirm(case.pk, version=case.version, by=people.admin(), at=NOW)

    assert AccessNeed.objects.values_list("state", "is_shared_with_hosts").get() == ("confirmed", True)
