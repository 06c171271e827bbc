"""An address that the team corrects: who is told, who brings it back and until when, and who never."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from audit.models import Entry
from members import addresses, membership, objections
from members.addresses import AddressTaken, CorrectionRefused
from members.models import AddressCorrection, FormerAddress, ListedAddress, Member
from members.objections import ObjectionRefused
from members.privacy import erasure
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from workshops.letters import calendar_feed

pytestmark = pytest.mark.django_db

OLD, NEW, NEWER = "ada@wards.example", "ada@home.example", "ada@other.example"
LATER = NOW + timedelta(hours=3)
END = NOW + objections.OBJECT_WITHIN


@pytest.fixture
def sam():
    return people.staff("Support")


@pytest.fixture
def ada():
    return make.member("Ada", email=OLD, password="three small otters")


def corrected(member, sam, email=NEW, at=NOW):
    return addresses.correct(member, email, by=sam, at=at)


def code(email=OLD):
    return letters.code_in(Message.objects.filter(email=email, kind="address-replaced").latest("pk"))


def confirm(member):
    """Somebody types in the code that was sent to the address of now."""
    EmailAddress.objects.filter(user=member).update(verified=True)
    membership.confirmed_address(member, at=LATER)


def address(member):
    """What the account has now, and whether it logs in with it."""
    member.refresh_from_db()
    rows = EmailAddress.objects.filter(user=member).values_list("email", "verified", "primary")
    assert [one[0] for one in rows] == [member.email]
    return rows[0]


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("email", flat=True))


def test_both_addresses_are_told_at_once_and_a_letter_on_its_way_goes_to_the_new_one(ada, sam):
    addresses.send_reset(ada, by=sam, at=NOW)

    corrected(ada, sam)
    sent = {mail.to[0]: mail for mail in letters.deliver(NOW)}

    assert address(ada) == (NEW, False, True)
    assert {kind: told(kind) for kind in ("address-corrected", "address-replaced")} == {
        "address-corrected": {NEW},
        "address-replaced": {OLD},
    }
    assert set(sent) == {OLD, NEW}
    assert f"go to {NEW}" in sent[OLD].body
    assert [message.email for message in Message.objects.filter(kind="choose-password")] == [""]
    assert Message.objects.get(kind="choose-password").state == "sent"


def test_whoever_had_it_brings_it_back_and_everybody_is_logged_out(ada, sam):
    corrected(ada, sam)
    confirm(ada)
    before = ada.get_session_auth_hash()

    objections.object_with(code(), at=LATER)

    assert address(ada) == (OLD, True, True)
    assert not ada.has_usable_password()
    assert ada.get_session_auth_hash() != before
    assert told("address-brought-back") == {OLD, NEW}
    assert [one.member for one in Message.objects.filter(kind="address-objected")] == [sam]
    assert [(one.act, one.actor_id) for one in Entry.objects.filter(thing_id=ada.pk).order_by("pk")] == [
        ("member.address-corrected", sam.pk),
        ("member.address-confirmed", ada.pk),
        ("member.address-brought-back", ada.pk),
    ]


@pytest.mark.parametrize("typed", [str.lower, lambda one: one.replace("-", " "), lambda one: f" {one} "])
def test_a_code_is_taken_however_it_is_typed(ada, sam, typed):
    corrected(ada, sam)

    objections.object_with(typed(code()), at=LATER)

    assert address(ada)[0] == OLD


@pytest.mark.parametrize("wrong", ["", "----", "2222-2222-2222", "é"])
def test_no_other_code_does(ada, sam, wrong):
    corrected(ada, sam)

    with pytest.raises(ObjectionRefused):
        objections.object_with(wrong, at=LATER)

    assert address(ada)[0] == NEW


def test_it_comes_back_until_the_last_moment_and_not_after(ada, sam):
    corrected(ada, sam)

    with pytest.raises(ObjectionRefused, match="more than 24 hours old"):
        objections.object_with(code(), at=END)
    objections.object_with(code(), at=END - timedelta(microseconds=1))

    assert address(ada)[0] == OLD


def test_the_letter_says_no_code_where_it_comes_too_late(ada, sam):
    corrected(ada, sam)
    secret = code()

    late = [mail for mail in letters.deliver(END) if mail.to == [OLD]]

    assert secret not in late[0].body
    assert "reply to this email" in late[0].body


def test_pressing_twice_is_one_objection(ada, sam):
    corrected(ada, sam)
    secret = code()

    objections.object_with(secret, at=LATER)
    objections.object_with(secret, at=LATER)

    assert Entry.objects.filter(act="member.address-brought-back").count() == 1
    assert Message.objects.filter(kind="address-objected").count() == 1


def test_a_code_that_was_used_does_not_undo_what_was_agreed_afterwards(ada, sam):
    corrected(ada, sam)
    first = code()
    objections.object_with(first, at=LATER)
    corrected(ada, sam, NEWER, at=LATER)

    with pytest.raises(ObjectionRefused, match="used already"):
        objections.object_with(first, at=LATER)

    assert address(ada)[0] == NEWER


def test_an_address_that_nobody_confirmed_is_told_only_that_it_is_no_more(ada, sam):
    EmailAddress.objects.update(verified=False)

    corrected(ada, sam)
    to_old = next(mail for mail in letters.deliver(NOW) if mail.to == [OLD])

    assert not AddressCorrection.objects.exists()
    assert NEW not in to_old.body
    assert "Ada" not in to_old.body
    assert "code" not in to_old.body


def test_corrected_twice_the_first_address_still_comes_back_and_the_mistyped_one_never(ada, sam):
    corrected(ada, sam)
    first = code()
    corrected(ada, sam, NEWER, at=LATER)
    second = code()

    assert not Message.objects.filter(kind="address-replaced", email=NEW).exists()
    objections.object_with(second, at=LATER)
    assert address(ada)[0] == OLD
    objections.object_with(first, at=LATER)
    assert address(ada)[0] == OLD


def test_bringing_back_undoes_all_that_came_after_so_that_nobody_takes_it_again(ada, sam):
    corrected(ada, sam)
    first = code()
    confirm(ada)
    corrected(ada, sam, NEWER, at=LATER)
    of_the_thief = code(NEW)

    objections.object_with(first, at=LATER)

    with pytest.raises(ObjectionRefused):
        objections.object_with(of_the_thief, at=LATER)
    assert address(ada)[0] == OLD


def test_it_comes_back_also_where_the_thief_has_changed_the_address_again(ada, sam):
    corrected(ada, sam)
    EmailAddress.objects.filter(user=ada).update(email=NEWER, verified=True)
    Member.objects.filter(pk=ada.pk).update(email=NEWER)

    objections.object_with(code(), at=LATER)

    assert address(ada)[0] == OLD


def test_staff_who_take_it_back_themselves_bring_it_back_and_the_other_cannot_object(ada, sam):
    corrected(ada, sam)
    confirm(ada)

    corrected(ada, sam, OLD, at=LATER)

    assert address(ada) == (OLD, True, True)
    assert not Message.objects.filter(kind="address-replaced", email=NEW).exists()
    assert not Message.objects.filter(kind="address-objected").exists()


def test_a_slip_that_staff_mend_at_once_leaves_the_password_and_the_letters_say_no_more_than_is_so(ada, sam):
    corrected(ada, sam)

    corrected(ada, sam, OLD)
    sent = [mail.body for mail in letters.deliver(LATER) if "brought back" in mail.subject]

    assert address(ada) == (OLD, True, True)
    assert ada.has_usable_password()
    assert len(sent) == 2
    assert not any("Everybody was logged out" in body for body in sent)
    assert all("has taken a correction back" in body for body in sent)


def test_correcting_logs_them_out_wherever_they_are_logged_in(ada, sam):
    client = Client()
    client.force_login(ada)
    before = client.get("/members/profile/").status_code

    corrected(ada, sam)

    assert (before, client.get("/members/profile/").status_code) == (200, 302)


def test_after_a_day_staff_get_a_stranger_out_who_then_brings_nothing_back(ada, sam):
    corrected(ada, sam)
    confirm(ada)
    objections.forget(at=END)
    calendar_feed.make_address(ada, at=END)
    in_there = ada.get_session_auth_hash()

    addresses.correct(ada, OLD, by=sam, at=END, is_stolen=True)

    assert address(ada) == (OLD, False, True)
    assert not ada.has_usable_password()
    assert ada.get_session_auth_hash() != in_there
    assert calendar_feed.address(ada) == ""
    assert not Message.objects.filter(kind="address-replaced", email=NEW).exists()
    assert Message.objects.filter(kind="address-brought-back", email=NEW).count() == 1
    assert not FormerAddress.objects.filter(member=ada).exists()


def test_a_code_that_a_stranger_has_from_a_correction_meanwhile_ends_with_it(ada, sam):
    corrected(ada, sam)
    confirm(ada)
    objections.forget(at=END)
    corrected(ada, sam, NEWER, at=END)
    of_the_thief = code(NEW)

    addresses.correct(ada, OLD, by=sam, at=END, is_stolen=True)

    with pytest.raises(ObjectionRefused):
        objections.object_with(of_the_thief, at=END)
    assert address(ada)[0] == OLD


def test_an_address_that_another_account_has_confirmed_is_not_taken_from_it(ada, sam):
    corrected(ada, sam)
    other = make.member("Bo", email="bo@wards.example")
    EmailAddress.objects.filter(user=other).update(email=OLD)

    objections.object_with(code(), at=LATER)

    ada.refresh_from_db()
    assert (ada.is_active, ada.email) == (False, NEW)
    assert EmailAddress.objects.get(email=OLD).user == other


def test_without_the_tick_an_address_of_years_ago_gives_no_account_away_unheard(ada, sam):
    corrected(ada, sam)
    confirm(ada)
    objections.forget(at=END)

    corrected(ada, sam, OLD, at=END)
    objections.object_with(code(NEW), at=END)

    assert address(ada)[0] == NEW


def test_nobody_is_taken_from_for_an_address_that_they_never_had(ada, sam):
    with pytest.raises(CorrectionRefused, match="has not had this address before"):
        addresses.correct(ada, NEW, by=sam, at=NOW, is_stolen=True)

    assert address(ada)[0] == OLD


def test_a_second_correction_hides_nobody_who_was_in_and_all_codes_of_theirs_end(ada, sam):
    corrected(ada, sam)
    first = code()
    confirm(ada)
    calendar_feed.make_address(ada, at=LATER)
    corrected(ada, sam, NEWER, at=LATER)
    of_the_thief = code(NEW)
    assert FormerAddress.objects.filter(member=ada).count() == 1  # the thief's is not one of theirs

    objections.object_with(code(OLD), at=LATER)

    assert address(ada)[0] == OLD
    assert calendar_feed.address(ada) == ""
    assert not FormerAddress.objects.filter(member=ada).exists()
    with pytest.raises(ObjectionRefused):
        objections.object_with(of_the_thief, at=LATER)
    objections.object_with(first, at=LATER)
    assert address(ada)[0] == OLD


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
