"""Correcting a caller's address on the team's page: what it says first, and what it refuses."""

import pytest

from members import addresses
from members.models import Member
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

OLD, NEW = "ada@wards.example", "ada@home.example"


@pytest.fixture
def ada():
    return make.member("Ada", email=OLD)


def page_of(member):
    return f"/team/people/{member.pk}/address/"


def typed(desk, member, email):
    """What the form carries, with this address typed in."""
    return {"email": email, "seen": desk.get(page_of(member)).context["form"]["seen"].value()}


def test_from_the_page_of_a_person_one_press_leads_there_and_it_says_what_to_ask_and_what_happens(desk, ada):
    page = desk.get(f"/team/people/{ada.pk}/").text
    asked = flat(desk.get(page_of(ada)).text)

    assert page_of(ada) in page
    assert "Ask the caller first" in asked
    assert f'href="/team/people/{ada.pk}/">Back, change nothing' in asked
    assert "whoever has it brings it back within 24 hours" in asked
    assert not Message.objects.exists()


def test_pressing_corrects_it_and_leads_back_to_the_person(desk, ada):
    answer = desk.post(page_of(ada), typed(desk, ada, " Ada@home.example "), follow=True)

    assert answer.redirect_chain == [(f"/team/people/{ada.pk}/", 302)]
    assert "Ask whether our email has come." in answer.text
    assert Member.objects.get(pk=ada.pk).email == NEW


def test_an_address_that_nobody_confirmed_cannot_object_and_the_page_says_so(desk):
    made = Member.objects.create_user("new@wards.example", name="Made by us", is_vouched_for=True)

    assert "it is told only that we write to it no more" in flat(desk.get(page_of(made)).text)


def test_an_address_of_somebody_else_leads_to_them_and_what_was_typed_stays(desk, ada):
    bo = make.member("Bo", email="bo@wards.example")

    answer = desk.post(page_of(ada), typed(desk, ada, "bo@wards.example"))

    assert list(answer.context["form"].errors) == ["email"]
    assert f'href="/team/people/{bo.pk}/"' in answer.text
    assert 'value="bo@wards.example"' in flat(answer.text)


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(desk, ada, sam):
    carried = typed(desk, ada, "ada@third.example")
    addresses.correct(ada, NEW, by=people.staff("Support"), at=NOW)

    answer = desk.post(page_of(ada), carried)

    assert f"it is {NEW} now" in answer.text
    assert Member.objects.get(pk=ada.pk).email == NEW


def test_having_read_that_one_presses_again_with_what_was_typed(desk, ada, sam):
    carried = typed(desk, ada, "ada@third.example")
    addresses.correct(ada, NEW, by=people.staff("Support"), at=NOW)
    shown = desk.post(page_of(ada), carried).context["form"]

    desk.post(page_of(ada), {name: shown[name].value() for name in ("email", "seen")})

    assert (shown["email"].value(), shown["seen"].value()) == ("ada@third.example", NEW)
    assert Member.objects.get(pk=ada.pk).email == "ada@third.example"


def test_for_a_colleague_and_for_oneself_the_page_says_why_not_and_has_no_form(desk, sam):
    mo = people.staff("Moderator")

    pages = [flat(desk.get(page_of(one)).text) for one in (mo, sam)]

    assert "has a role in the team" in pages[0]
    assert "change the address on your profile" in pages[1]
    assert not any('name="email"' in page for page in pages)
    assert "has a role in the team" in desk.post(page_of(mo), {"email": NEW}).text
    assert Member.objects.get(pk=mo.pk).email == mo.email
