"""What goes along with an address that is corrected or comes back, and whose is never corrected."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from audit.models import Entry
from members import addresses, objections
from members.addresses import AddressTaken, CorrectionRefused
from members.models import ListedAddress, Member
from members.objections import ObjectionRefused
from members.privacy import erasure
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from tests.members.objecting import END, LATER, NEW, NEWER, OLD, address, code, confirm, corrected
from workshops.letters import calendar_feed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return people.staff("Support")


@pytest.fixture
def ada():
    return make.member("Ada", email=OLD, password="three small otters")


def test_a_strangers_row_of_the_list_never_moves(ada, sam):
    theirs, strangers = (ListedAddress.objects.create(email=email).pk for email in (OLD, NEW))
    corrected(ada, sam)
    ListedAddress.objects.filter(pk=theirs).delete()
    corrected(ada, sam, NEWER, at=LATER)
    objections.object_with(code(), at=LATER)

    assert ListedAddress.objects.get(pk=strangers).email == NEW


def test_the_row_that_went_along_comes_back_from_wherever_it_went(ada, sam):
    row = ListedAddress.objects.create(email=OLD).pk
    corrected(ada, sam)
    corrected(ada, sam, NEWER, at=LATER)
    along = ListedAddress.objects.get(pk=row).email

    objections.object_with(code(), at=LATER)

    assert (along, ListedAddress.objects.get(pk=row).email) == (NEWER, OLD)


def test_the_row_of_the_list_goes_along_and_comes_back(ada, sam):
    ListedAddress.objects.create(email="Ada@wards.example")

    corrected(ada, sam)
    along = ListedAddress.objects.get().email
    objections.object_with(code(), at=LATER)

    assert (along, ListedAddress.objects.get().email) == (NEW, OLD)


def test_a_row_of_the_list_that_was_the_new_addresss_own_stays_where_it_is(ada, sam):
    ListedAddress.objects.create(email=NEW)

    corrected(ada, sam)
    objections.object_with(code(), at=LATER)

    assert ListedAddress.objects.get().email == NEW


def test_what_a_stranger_in_the_account_could_take_along_ends(ada, sam):
    corrected(ada, sam)
    confirm(ada)
    calendar_feed.make_address(ada, at=LATER)
    erasure.ask(ada, by=ada, at=LATER)

    objections.object_with(code(), at=LATER)

    assert calendar_feed.address(ada) == ""
    assert erasure.pending(ada) is None


def test_a_wish_to_be_erased_from_before_stands(ada, sam):
    erasure.ask(ada, by=ada, at=NOW - timedelta(hours=1))
    corrected(ada, sam)
    confirm(ada)

    objections.object_with(code(), at=LATER)

    assert erasure.pending(ada)


def test_where_nobody_was_in_the_account_the_calendar_stays(ada, sam):
    calendar_feed.make_address(ada, at=NOW)
    corrected(ada, sam)

    objections.object_with(code(), at=LATER)

    assert calendar_feed.address(ada)


def test_the_address_is_nobody_elses_while_it_can_come_back(ada, sam):
    corrected(ada, sam)
    bo = make.member("Bo")

    with pytest.raises(AddressTaken, match="can still bring it back") as refused:
        corrected(bo, sam, OLD, at=LATER)
    assert refused.value.owner == ada

    assert corrected(bo, sam, OLD, at=END).email == OLD


def test_an_account_that_nobody_has_been_in_makes_way(ada, sam):
    corrected(ada, sam)
    squatter = Member.objects.create_user(OLD, "four green bottles", name="Nobody")
    EmailAddress.objects.create(user=squatter, email=OLD, verified=False, primary=True)

    objections.object_with(code(), at=LATER)

    assert address(ada)[0] == OLD
    assert not Member.objects.filter(pk=squatter.pk).exists()


def test_where_they_have_an_account_with_it_again_the_other_one_is_closed(ada, sam):
    corrected(ada, sam)
    confirm(ada)
    again = make.member("Ada again", email=OLD)

    objections.object_with(code(), at=LATER)
    objections.object_with(code(), at=LATER)

    ada.refresh_from_db()
    assert (ada.is_active, ada.email, ada.has_usable_password()) == (False, NEW, False)
    assert not objections.is_confirmed(ada)
    assert address(again) == (OLD, True, True)
    assert [one.payload["is_closed"] for one in Message.objects.filter(kind="address-objected")] == [True]


@pytest.mark.parametrize(
    "whose",
    [
        lambda: people.staff(),
        lambda: people.staff("Moderator"),
        lambda: make.member("Tess", is_superuser=True),
    ],
)
def test_nobody_corrects_the_address_of_who_has_a_role_be_they_superusers(whose):
    tess = whose()
    before = tess.email

    with pytest.raises(CorrectionRefused, match="has a role in the team"):
        corrected(tess, people.admin())

    assert address_of(tess) == before
    assert not Message.objects.exists()


def address_of(member):
    return Member.objects.get(pk=member.pk).email


def test_nobody_corrects_their_own(sam):
    with pytest.raises(CorrectionRefused, match="your own account"):
        corrected(sam, sam)


def test_a_closed_account_has_no_address_to_correct(ada, sam):
    Member.objects.filter(pk=ada.pk).update(is_active=False)

    with pytest.raises(CorrectionRefused, match="closed"):
        corrected(ada, sam)


def test_an_account_with_a_role_by_now_is_not_brought_back_by_a_code(ada, sam):
    corrected(ada, sam)
    Member.objects.filter(pk=ada.pk).update(is_staff=True)

    for _ in range(2):
        with pytest.raises(ObjectionRefused, match="has a role"):
            objections.object_with(code(), at=LATER)

    assert address(ada)[0] == NEW
    told = Message.objects.filter(kind="address-objected")
    assert [(one.member, one.payload["has_role"]) for one in told] == [(sam, True)]
    assert Entry.objects.filter(act="member.address-objected", thing_id=ada.pk).count() == 1


def test_somebody_elses_address_is_refused_with_whose_it_is(ada, sam):
    bo = make.member("Bo", email="Bo@wards.example")

    with pytest.raises(AddressTaken, match="Bo has an account with this address already") as refused:
        corrected(ada, sam, "bo@Wards.example")

    assert refused.value.owner == bo
    assert address(ada)[0] == OLD


def test_what_was_changed_while_one_looked_is_refused(ada, sam):
    corrected(ada, sam)

    with pytest.raises(CorrectionRefused, match=f"it is {NEW} now"):
        addresses.correct(ada, NEWER, by=sam, at=LATER, seen=OLD)

    assert address(ada)[0] == NEW


def test_the_same_address_again_changes_nothing(ada, sam):
    corrected(ada, sam)
    corrected(ada, sam, NEW.upper())

    assert Entry.objects.filter(act="member.address-corrected").count() == 1


def test_objections_are_forgotten_once_nobody_can_bring_them_back(ada, sam):
    corrected(ada, sam)

    assert objections.forget(at=END - timedelta(seconds=1)) == 0
    assert objections.forget(at=END) == 1


def test_who_is_erased_meanwhile_brings_nothing_back_and_leaves_no_address(ada, sam):
    ListedAddress.objects.create(email="Ada@wards.example", name="Ada")
    corrected(ada, sam)
    secret = code()
    letters.deliver(NOW)

    erasure.erase(ada, by=sam, at=LATER)

    with pytest.raises(ObjectionRefused):
        objections.object_with(secret, at=LATER)
    assert not Message.objects.filter(email__in=[OLD, NEW]).exclude(kind="erased").exists()
