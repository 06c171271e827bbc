"""An address that the team corrects: who is told, who brings it back and until when, and who never."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from audit.models import Entry
from members import addresses, objections
from members.addresses import CorrectionRefused
from members.models import AddressCorrection, FormerAddress, Member
from members.objections import ObjectionRefused
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from tests.members.objecting import END, LATER, NEW, NEWER, OLD, address, code, confirm, corrected, told
from workshops.letters import calendar_feed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return people.staff("Support")


@pytest.fixture
def ada():
    return make.member("Ada", email=OLD, password="three small otters")


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
