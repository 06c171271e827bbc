"""Approving many at once: what one decides by, who is ticked, what becomes of it."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.utils import timezone

from members import membership
from members.models import ListedAddress, Member
from notifications.models import Message
from team import taking
from team.approvals import PAGE_SIZE
from tests import make
from tests.contracts import people
from tests.markup import flat

pytestmark = pytest.mark.django_db
PATH = "/team/approvals/"


@pytest.fixture
def tess():
    """One of support."""
    return people.staff("Support")


def waiting(name="Winnie", **fields):
    return make.member(name, membership="waiting", **fields)


def press(member, url=PATH, *chosen, **fields):
    return people.reader(member).post(url, {"person": [one.pk for one in chosen]} | fields, follow=True)


def standing(*chosen):
    return [Member.objects.get(pk=one.pk).membership for one in chosen]


def test_each_is_there_with_what_one_decides_by(tess):
    waiting("Winnie", role="Nurse", organisation="Riverside", introduction="Bo told me.")

    text = flat(people.reader(tess).get(PATH).text)

    for words in ("Winnie", "Nurse", "Riverside", "Bo told me."):
        assert words in text


def test_who_has_not_confirmed_the_address_is_not_there(tess):
    EmailAddress.objects.filter(user=waiting("Unconfirmed")).update(verified=False)

    assert "Nobody waits for approval" in people.reader(tess).get(PATH).text


def test_people_of_the_same_name_are_pointed_out(tess):
    waiting("Siân O’Malley")
    other = make.member("O'Malley Sian", email="old@example.org")
    ListedAddress.objects.create(email="listed@example.org", name="Sian O'Malley")
    make.member("Somebody Else")

    text = flat(people.reader(tess).get(PATH).text)

    assert "There is another account" in text
    assert f"/team/people/{other.pk}/" in text
    assert "with another address: listed@example.org" in text
    assert "Somebody Else" not in text


def test_who_is_on_the_list_is_marked(tess):
    winnie = waiting("Winnie")
    ListedAddress.objects.create(email=winnie.email)

    assert "On the community’s list" in people.reader(tess).get(PATH).text


def test_those_who_are_ticked_are_approved_and_no_others(tess):
    ada, bo, cy = waiting("Ada"), waiting("Bo"), waiting("Cy")

    answer = press(tess, PATH, ada, bo)

    assert standing(ada, bo, cy) == ["active", "active", "waiting"]
    assert "Ada and Bo are approved. They are mailed in ten minutes" in flat(answer.text)


def test_twenty_are_approved_by_three_presses(tess):
    for n in range(20):
        waiting(f"Person {n}")
    client = people.reader(tess)

    page = client.get(client.get("/team/").context["sections"][0].url + "?all")
    ticked = [one.pk for one in page.context["found"].people]
    assert page.text.count("checked") == 20
    answer = client.post(PATH, {"person": ticked}, follow=True)

    assert "20 people are approved." in flat(answer.text)
    assert not Member.objects.to_be_decided().exists()


def test_ticking_everybody_leaves_out_whom_a_colleague_is_on(tess):
    winnie, xena = waiting("Winnie"), waiting("Xena")
    taking.take("members.member", winnie.pk, by=people.staff("Support"), at=timezone.now())
    taking.take("members.member", xena.pk, by=tess, at=timezone.now())

    text = people.reader(tess).get(f"{PATH}?all").text

    assert [pk for pk in (winnie.pk, xena.pk) if _is_ticked(text, pk)] == [xena.pk]


def _is_ticked(text, pk):
    return "checked" in text.split(f'id="person-{pk}"')[1].split(">")[0]


def test_where_nobody_is_ticked_nothing_happens_and_it_says_what_to_do(tess):
    winnie = waiting()

    assert "Tick whom you mean first." in flat(press(tess).text)
    assert standing(winnie) == ["waiting"]


def test_who_was_decided_about_meanwhile_stays_decided(tess):
    winnie = waiting()
    membership.decline(winnie, by=tess, at=timezone.now(), reason="No.")

    answer = press(tess, PATH, winnie)

    assert standing(winnie) == ["declined"]
    said = flat(answer.text)
    assert f"Nothing has changed about Winnie: it stands as “Not approved” already by {tess}, " in said


def test_of_many_who_were_decided_about_meanwhile_the_names_are_said(tess):
    everybody = [waiting(f"Winnie {number}") for number in range(6)]
    for one in everybody:
        membership.decline(one, by=tess, at=timezone.now(), reason="No.")

    answer = press(tess, PATH, *everybody)

    assert "Decided about meanwhile, so that nothing has changed: Winnie 0, " in flat(answer.text)


def test_a_reason_that_was_typed_for_who_was_approved_meanwhile_is_shown_and_not_sent(tess):
    winnie = waiting()
    membership.approve(winnie, by=tess, at=timezone.now())

    path = f"{PATH}decline/{winnie.pk}/"
    answer = people.reader(people.staff("Support")).post(path, {"reason": "No badge."}, follow=True)

    said = flat(answer.text)
    assert f"it stands as “Member” already by {tess}, " in said
    assert "Your reason was not sent to anybody: “No badge.”." in said


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "9" * 40, "0"])
def test_nonsense_among_the_ticks_is_nobody(nonsense, tess):
    answer = people.reader(tess).post(PATH, {"person": nonsense})

    assert answer.status_code == 302


def test_declining_asks_for_the_reason_and_names_whom_it_concerns(tess):
    winnie, xena = waiting("Winnie"), waiting("Xena")

    asked = press(tess, f"{PATH}decline/", winnie)
    assert "Winnie" in asked.text
    assert "Xena" not in asked.text
    assert standing(winnie, xena) == ["waiting", "waiting"]

    press(tess, f"{PATH}decline/{winnie.pk}/", reason="We could not find you on the register.")
    assert standing(winnie, xena) == ["declined", "waiting"]
    assert Member.objects.get(pk=winnie.pk).membership_reason == "We could not find you on the register."


def test_declining_without_a_reason_asks_again(tess):
    winnie = waiting("Winnie")

    answer = press(tess, f"{PATH}decline/{winnie.pk}/", reason=" ")

    assert "Write the reason" in answer.text
    assert standing(winnie) == ["waiting"]


def test_the_first_button_of_the_form_approves_so_that_enter_on_a_tick_takes_nothing_over(tess):
    waiting()

    text = people.reader(tess).get(PATH).text

    form = text.split('<form method="post" action="/team/approvals/">')[1]
    assert "Approve those who are ticked" in form.split("</button>")[0]


def test_addresses_of_the_list_are_for_who_may_read_it(tess):
    waiting("Winnie")
    ListedAddress.objects.create(email="secret@listed.example", name="Winnie")
    role = tess.groups.get()
    role.permissions.remove(*Permission.objects.filter(codename="view_listedaddress"))

    text = people.reader(tess).get(PATH).text

    assert "Same name on the list" in text
    assert "secret@listed.example" not in text


def test_who_was_reinstated_is_no_approval_to_take_back(tess):
    edith = make.member("Edith", membership="ended")
    membership.reinstate(edith, by=tess, at=timezone.now())

    assert "Approved just now" not in people.reader(tess).get(PATH).text


def test_taking_back_twice_says_that_it_is_done(tess):
    winnie = waiting("Winnie")
    press(tess, PATH, winnie)
    press(tess, f"{PATH}{winnie.pk}/take-back/")

    assert "Winnie waits for approval already." in flat(press(tess, f"{PATH}{winnie.pk}/take-back/").text)


def test_an_approval_is_taken_back_from_the_same_page(tess):
    winnie = waiting("Winnie")
    page = press(tess, PATH, winnie)
    assert "Approved just now" in page.text

    answer = press(tess, f"{PATH}{winnie.pk}/take-back/")

    assert "Winnie waits for approval again. Nobody was mailed." in flat(answer.text)
    assert standing(winnie) == ["waiting"]
    assert "Approved just now" not in answer.text


def test_who_was_told_cannot_be_taken_back(tess):
    winnie = waiting("Winnie")
    press(tess, PATH, winnie)
    Message.objects.filter(kind="membership-approved").update(state="sent", sent_at=timezone.now())

    assert "Approved just now" not in people.reader(tess).get(PATH).text
    assert "That of Winnie stands." in flat(press(tess, f"{PATH}{winnie.pk}/take-back/").text)
    assert standing(winnie) == ["active"]


def test_who_has_a_role_is_for_superusers(tess):
    other = people.staff("Moderator")
    Member.objects.filter(pk=other.pk).update(membership="waiting")

    answer = press(tess, PATH, other)

    assert "only a superuser may do this" in flat(answer.text)
    assert standing(other) == ["waiting"]


def test_a_page_has_as_many_as_can_be_read(tess):
    for n in range(PAGE_SIZE + 1):
        waiting(f"P{n}", membership_changed_at=timezone.now() - timedelta(hours=n))

    first, second = (people.reader(tess).get(f"{PATH}?page={n}") for n in (1, 2))

    assert len(first.context["found"].people) == PAGE_SIZE
    assert [one.member.name for one in second.context["found"].people] == ["P0"]


@pytest.mark.parametrize("number", [1, 30])
def test_it_asks_the_same_of_one_and_of_thirty(number, tess, django_assert_num_queries):
    for n in range(number):
        waiting(f"Person {n}")
        make.member(f"Person {n}")
        press(tess, PATH, waiting(f"Approved {n}"))
    client = people.reader(tess)
    client.get(PATH)

    with django_assert_num_queries(12):
        client.get(PATH)
