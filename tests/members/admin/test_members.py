"""Members in the admin: found, approved, declined and ended by the rules, and never saved over each other."""

import re

import pytest

from audit.acts import Act
from audit.models import Entry
from members.models import ListedAddress, Member
from notifications.models import Message
from tests import make
from tests.found import found
from tests.markup import flat
from tests.members.staff import LIST, MEMBERS, act, approve, opened

pytestmark = pytest.mark.django_db

M = Member.Membership


def test_members_are_found_by_name_address_and_organisation(client, sam):
    make.member("Ada Lovelace", email="ada@example.org", organisation="Mater")
    make.member("Bo", email="bo@example.org")

    for words in ("lovelace", "ada@", "mater"):
        page = client.get(MEMBERS, {"q": words}).content.decode()
        assert "Ada Lovelace" in page
        assert "bo@example.org" not in page


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_members_takes_the_same_queries_however_long(
    client, sam, count, django_assert_num_queries
):
    for number in range(count):
        make.member(f"Person {number}")
    client.get(MEMBERS)

    with django_assert_num_queries(4):
        answer = client.get(MEMBERS)

    assert answer.status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_the_communitys_list_takes_the_same_queries_however_long(
    client, sam, count, django_assert_num_queries
):
    ListedAddress.objects.bulk_create(ListedAddress(email=f"{number}@example.org") for number in range(count))
    client.get(LIST)

    with django_assert_num_queries(4):
        client.get(LIST)


def test_people_are_approved_together_and_mailed(client, sam):
    ada, bo = (make.member(name, membership=M.WAITING) for name in ("Ada", "Bo"))

    page = approve(client, ada, bo)

    assert "Done for 2 people." in flat(page.content.decode())
    assert set(Member.objects.exclude(pk=sam.pk).values_list("membership", flat=True)) == {"active"}
    assert sorted(found(message.member).name for message in Message.objects.all()) == ["Ada", "Bo"]
    assert Entry.objects.filter(actor_id=sam.pk, member_id=ada.pk, act=Act.APPROVED).count() == 1


@pytest.mark.slow
def test_declining_asks_for_the_reason_first_and_says_whom_it_mails(client, sam):
    ada = make.member("Ada", email="ada@example.org", membership=M.WAITING)

    page = act(client, "decline", ada).content.decode()
    empty = act(client, "decline", ada, reason=" ").content.decode()
    ada.refresh_from_db()
    before = ada.membership
    act(client, "decline", ada, reason="We found no link.")

    ada.refresh_from_db()
    assert "This concerns 1 person" in page
    assert "ada@example.org" in page
    assert "Each of them who waits is mailed" in page
    assert "This field is required" in empty
    assert before == "waiting"
    assert (ada.membership, ada.membership_reason) == ("declined", "We found no link.")
    assert [message.kind for message in Message.objects.all()] == ["membership-declined"]


@pytest.mark.slow
def test_an_action_on_all_pages_keeps_its_choice_through_the_reason(client, sam):
    for number in range(60):
        make.member(f"Person {number}", membership=M.WAITING)
    first = Member.objects.get(name="Person 0")
    search = f"{MEMBERS}?standing=waiting"

    page = client.post(search, {"action": "decline", "_selected_action": [first.pk], "select_across": "1"})
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', flat(page.content.decode())))
    client.post(search, {**hidden, "reason": "No."})

    assert "This concerns 60 people" in flat(page.content.decode())
    assert Member.objects.filter(membership="declined").count() == 60


def test_a_membership_is_ended_and_reinstated(client, sam):
    ada = make.member("Ada")

    act(client, "end", ada, reason="Moved away.")
    ada.refresh_from_db()
    ended = (ada.membership, ada.membership_reason)
    act(client, "reinstate", ada)

    ada.refresh_from_db()
    assert ended == ("ended", "Moved away.")
    assert ada.membership == "active"


def test_what_a_rule_refuses_is_said(client, sam):
    ada = make.member("Ada", membership=M.ENDED)

    page = approve(client, ada).content.decode()

    assert "The membership of Ada has ended. Reinstate it instead." in page
    assert "Nothing has changed." in page


@pytest.mark.slow
def test_membership_and_address_cannot_be_edited_past_the_rules(client, sam):
    ada = make.member("Ada", email="ada@example.org", membership=M.WAITING)
    path = f"{MEMBERS}{ada.pk}/change/"

    client.post(
        path, opened(client, path) | {"role": "Nurse", "membership": "active", "email": "eve@example.org"}
    )

    ada.refresh_from_db()
    assert (ada.role, ada.membership, ada.email) == ("Nurse", "waiting", "ada@example.org")


@pytest.mark.slow
def test_a_stale_save_is_refused_and_says_who_changed_it(client, sam):
    ada = make.member("Ada")
    path = f"{MEMBERS}{ada.pk}/change/"
    mine, theirs = opened(client, path), opened(client, path)

    client.post(path, theirs | {"role": "Nurse"})
    refused = client.post(path, mine | {"role": "Midwife"})

    ada.refresh_from_db()
    page = refused.content.decode()
    assert ada.role == "Nurse"
    assert "Sam changed it on" in page
    assert "Nothing has been saved." in page
    assert 'value="Midwife"' in page


@pytest.mark.slow
def test_an_approval_makes_an_open_form_stale(client, sam):
    ada = make.member("Ada", membership=M.WAITING)
    path = f"{MEMBERS}{ada.pk}/change/"
    mine = opened(client, path)

    approve(client, ada)
    client.post(path, mine | {"role": "Midwife"})

    ada.refresh_from_db()
    assert (ada.role, ada.membership) == ("", "active")
