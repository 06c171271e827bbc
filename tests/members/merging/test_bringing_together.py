"""Two accounts of one person: who may be brought together, by which proof, and what is left of the one."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client

from audit.acts import Act
from audit.models import Entry
from members import addresses, objections
from members.merging import act, proof
from members.merging.proof import MergeRefused
from members.models import AccountMerge, AddressCorrection, FormerAddress, ListedAddress, Member
from members.privacy import erasure
from members.privacy.persons import person_of
from notifications import outbox
from notifications.models import Message
from team.people import search
from tests import letters, make
from tests.contracts import people
from tests.make import BY, NOW
from tests.members.merging.bringing import bring_together, codes, seen

DAY = timedelta(hours=24)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def by() -> Member:
    return people.staff("Support")


@pytest.fixture
def kept() -> Member:
    return make.member("Ada Byron", email="ada@home.example")


@pytest.fixture
def ended() -> Member:
    return make.member("Ada", email="ada@work.example", organisation="Ward 7")


def refused(kept, ended, by, at=NOW) -> str:
    with pytest.raises(MergeRefused) as refusal:
        proof.ask(kept, ended, by=by, at=at)
    return str(refusal.value)


def test_each_address_is_mailed_a_code_of_its_own_and_nobody_learns_the_other_address(kept, ended, by):
    proof.ask(kept, ended, by=by, at=NOW)

    sent = letters.deliver(NOW)

    home, work = (next(one for one in sent if one.to == [who.email]) for who in (kept, ended))
    assert "Then the other account ends, and all of it comes here" in home.body
    assert "Then the account with this address ends" in work.body
    assert ("a…@work.example" in home.body, "a…@home.example" in work.body) == (True, True)
    assert ("ada@work.example" in home.body, "ada@home.example" in work.body) == (False, False)
    assert "If it was not you, tell the code to nobody: nothing happens without it." in work.body


def test_one_code_alone_a_wrong_one_or_the_two_changed_over_prove_nothing(kept, ended, by):
    proof.ask(kept, ended, by=by, at=NOW)
    first, second = codes(kept, ended)

    for said in ((first, first), (second, second), (second, first), (first, ""), ("", "")):
        with pytest.raises(MergeRefused, match="These are not the codes from the two emails"):
            act.merge(kept, ended, codes=said, seen=seen(kept, ended), by=by, at=NOW)

    assert AccountMerge.objects.get().wrong == 5
    assert Member.objects.get(pk=ended.pk).is_active


def test_codes_are_read_out_in_any_letters(kept, ended, by):
    proof.ask(kept, ended, by=by, at=NOW)
    first, second = codes(kept, ended)

    said = (f" {first.lower()} ", second.replace("-", " "))
    act.merge(kept, ended, codes=said, seen=seen(kept, ended), by=by, at=NOW)

    assert not Member.objects.get(pk=ended.pk).is_active


def test_after_ten_wrong_ones_and_after_a_day_new_codes_are_needed(kept, ended, by):
    proof.ask(kept, ended, by=by, at=NOW)
    said, shown = codes(kept, ended), seen(kept, ended)

    with pytest.raises(MergeRefused, match="There are no codes that are good"):
        act.merge(kept, ended, codes=said, seen=shown, by=by, at=NOW + DAY)
    AccountMerge.objects.update(wrong=10)
    with pytest.raises(MergeRefused, match="There are no codes that are good"):
        act.merge(kept, ended, codes=said, seen=shown, by=by, at=NOW)

    assert Member.objects.get(pk=ended.pk).is_active


def test_new_codes_end_those_of_before_and_those_for_the_other_way_round(kept, ended, by):
    proof.ask(kept, ended, by=by, at=NOW)
    old = codes(kept, ended)
    proof.ask(ended, kept, by=by, at=NOW)

    with pytest.raises(MergeRefused, match="There are no codes that are good"):
        act.merge(kept, ended, codes=old, seen=seen(kept, ended), by=by, at=NOW)

    assert AccountMerge.objects.count() == 1


def test_codes_that_nobody_used_are_forgotten(kept, ended, by):
    proof.ask(kept, ended, by=by, at=NOW)

    assert (proof.forget(at=NOW), proof.forget(at=NOW + DAY)) == (0, 1)


def test_nobody_with_a_role_is_brought_together_and_nobody_themselves(kept, ended, by):
    colleague = people.staff("Moderator")

    assert "has a role in the team" in refused(kept, colleague, by)
    assert "has a role in the team" in refused(colleague, kept, by)
    assert "has a role in the team" in refused(kept, people.admin(), by)
    assert "This is your own account" in refused(kept, by, by)
    assert "This is one account." in refused(kept, kept, by)


def test_a_role_that_came_after_the_codes_counts(kept, ended, by):
    proof.ask(kept, ended, by=by, at=NOW)
    said, shown = codes(kept, ended), seen(kept, ended)
    Member.objects.filter(pk=kept.pk).update(is_superuser=True)

    with pytest.raises(MergeRefused, match="has a role in the team"):
        act.merge(kept, ended, codes=said, seen=shown, by=by, at=NOW)


def test_no_closed_account_none_to_be_erased_and_none_that_nobody_confirmed(kept, ended, by):
    closed, leaving = make.member("Cleo", is_active=False), make.member("Lea")
    erasure.ask(leaving, by=leaving, at=NOW)
    new = Member.objects.create_user("new@x.example", name="Nia")

    assert "is closed" in refused(kept, closed, by)
    assert "is to be erased" in refused(kept, leaving, by)
    assert "Nobody has confirmed new@x.example yet" in refused(new, ended, by)


def test_of_an_account_that_an_objection_closed_the_refusal_says_when_and_why(kept, ended, by):
    addresses.correct(ended, "stranger@x.example", by=by, at=NOW)
    row = AddressCorrection.objects.get(member=ended)
    make.member("Again", email=row.before)
    objections.bring_back(Member.objects.get(pk=ended.pk), row, by=ended, at=NOW)

    said = refused(kept, Member.objects.get(pk=ended.pk), by)

    assert "is closed: on Monday 2 November, 10:00 (UK and Ireland time) somebody objected" in said
    assert "a superuser opens it again first" in said


def test_an_address_that_was_corrected_lately_agrees_to_nothing(kept, ended, by):
    addresses.correct(ended, "stranger@x.example", by=by, at=NOW)

    assert "was corrected lately, and its owner can still object" in refused(kept, ended, by)
    proof.ask(kept, Member.objects.get(pk=ended.pk), by=by, at=NOW + DAY)


def test_what_has_changed_since_it_was_read_is_not_done(kept, ended, by):
    proof.ask(kept, ended, by=by, at=NOW)
    said, shown = codes(kept, ended), seen(kept, ended)
    make.registration(make.event(), ended)

    with pytest.raises(act.ChangedMeanwhile, match="Something has changed since your page was loaded"):
        act.merge(kept, ended, codes=said, seen=shown, by=by, at=NOW)

    assert Member.objects.get(pk=ended.pk).is_active


def test_it_is_done_once_and_told_to_both_addresses(kept, ended, by):
    proof.ask(kept, ended, by=by, at=NOW)
    said, shown = codes(kept, ended), seen(kept, ended)

    for _ in range(2):
        act.merge(kept, ended, codes=said, seen=shown, by=by, at=NOW)

    acts = Entry.objects.filter(act__in=(Act.MERGED, Act.MERGED_AWAY)).order_by("pk")
    told = {one.to[0]: one.body for one in letters.deliver(NOW) if "are one now" in one.subject}
    assert [(one.act, one.member_id, one.actor_id) for one in acts] == [
        ("member.merged", kept.pk, by.pk),
        ("member.merged-away", ended.pk, by.pk),
    ]
    assert sorted(told) == ["ada@home.example", "ada@work.example"]
    assert "Log in with ada@home.example from now on." in told["ada@work.example"]
    assert "If it was not you, tell us at once: reply to this email." in told["ada@home.example"]


def test_what_the_profile_lacks_is_filled_in_and_nothing_is_left_of_the_other(kept, ended, by):
    ListedAddress.objects.create(email=ended.email)

    bring_together(kept, ended, by=by)

    kept.refresh_from_db()
    ended.refresh_from_db()
    assert (kept.name, kept.email, kept.organisation) == ("Ada Byron", "ada@home.example", "Ward 7")
    assert (ended.is_active, ended.organisation, ended.has_usable_password()) == (False, "", False)
    assert ended.email == f"merged-{ended.pk}@erased.invalid"
    assert ListedAddress.objects.get().email == kept.email
    assert FormerAddress.objects.get().member == kept


@pytest.mark.parametrize(
    ("mine", "other", "after"),
    [
        ("active", "ended", "active"),
        ("waiting", "active", "active"),
        ("ended", "active", "ended"),
        ("declined", "active", "declined"),
        ("waiting", "ended", "waiting"),
        ("declined", "waiting", "declined"),
    ],
)
def test_who_waits_is_a_member_where_the_other_is_and_no_decision_is_undone(by, mine, other, after):
    kept, ended = make.member("Ada", membership=mine), make.member("Ada", membership=other)

    bring_together(kept, ended, by=by)

    assert Member.objects.get(pk=kept.pk).membership == after


def test_who_types_the_address_that_ended_learns_on_the_page_nothing_and_by_mail_where_to_log_in(
    kept, ended, by
):
    bring_together(kept, ended, by=by)
    letters.deliver(NOW)

    pages = [
        Client().post("/accounts/login/code/", {"email": email}, follow=True).text.replace(email, "…")
        for email in ("ada@work.example", "nobody@work.example")
    ]

    told = {one.to[0]: one.body for one in letters.deliver(NOW)}
    assert "Log in with a…@home.example." in told["ada@work.example"]
    assert "brought together" not in told["nobody@work.example"]
    assert "brought together" not in pages[0]


def test_whoever_was_logged_in_there_is_logged_out(kept, ended, by):
    client = people.reader(ended)
    before, number = client.get("/members/profile/").status_code, Session.objects.count()

    bring_together(kept, ended, by=by)

    assert (before, number, Session.objects.count()) == (200, 1, 0)
    assert client.get("/members/profile/").status_code == 302


def test_what_was_theirs_is_found_when_they_ask_for_it_also_after_a_second_time(kept, ended, by):
    third = make.member("Ada", email="ada@third.example")
    bring_together(kept, ended, by=by)
    bring_together(third, Member.objects.get(pk=kept.pk), by=by)

    person = person_of(Member.objects.get(pk=third.pk))

    assert set(person.former_ids) == {ended.pk, kept.pk}
    assert act.where_now("ada@work.example") == "a…@third.example"


def test_the_database_lets_no_account_end_twice_or_go_into_itself(kept, ended, by):
    bring_together(kept, ended, by=by)
    other = make.member("Bo")
    again = {"asked_at": NOW, "until": NOW + DAY, "done_at": NOW}

    for pair in ({"kept": other, "ended": ended}, {"kept": other, "ended": other}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccountMerge.objects.create(**pair, **again)


def test_a_code_that_waits_for_the_account_that_ends_goes_to_nobody(kept, ended, by):
    Message.objects.create(
        kind="choose-password",
        key="k",
        member=ended,
        secret={"code": "1"},
        had_secret=True,
        created_at=NOW,
        send_after=NOW + DAY,
        message_id="<1@x>",
    )

    bring_together(kept, ended, by=by)

    assert not Message.objects.filter(key="k").exists()


def test_who_was_erased_after_it_is_erased_in_older_backups_too(kept, ended, by):
    bring_together(kept, ended, by=by)

    erasure.erase(Member.objects.get(pk=kept.pk), by=BY, at=NOW)

    assert not AccountMerge.objects.exists()


def test_codes_are_of_the_address_that_they_went_to(kept, ended, by):
    proof.ask(kept, ended, by=by, at=NOW)
    said = codes(kept, ended)
    Member.objects.filter(pk=ended.pk).update(email="ada@new.example")
    changed = Member.objects.get(pk=ended.pk)

    with pytest.raises(MergeRefused, match="These are not the codes"):
        act.merge(kept, changed, codes=said, seen=seen(kept, changed), by=by, at=NOW)


def test_pressed_twice_in_a_moment_the_first_codes_stay_good_and_later_new_ones_are_mailed(kept, ended, by):
    first = proof.ask(kept, ended, by=by, at=NOW)
    again = proof.ask(kept, ended, by=by, at=NOW)
    later = proof.ask(kept, ended, by=by, at=NOW + proof.PAUSE)

    assert (first.pk, Message.objects.filter(kind="merge-code").count()) == (again.pk, 4)
    assert later.pk != first.pk


def test_what_both_were_owed_for_one_cause_is_told_once(kept, ended, by):
    for one in (kept, ended):
        outbox.enqueue("host-words", at=NOW, key=f"host-words:7:{one.pk}", member=one, delay=DAY)
    outbox.enqueue("host-words", at=NOW, key=f"host-words:8:{ended.pk}", member=ended, delay=DAY)

    bring_together(kept, ended, by=by)

    owed = Message.objects.filter(kind="host-words").order_by("key")
    assert [(one.key, one.member_id) for one in owed] == [
        (f"host-words:7:{kept.pk}", kept.pk),
        (f"host-words:8:{ended.pk}", kept.pk),
    ]


def test_who_is_erased_afterwards_is_not_found_under_the_other_name_either(kept, ended, by):
    bring_together(kept, ended, by=by)

    erasure.erase(Member.objects.get(pk=kept.pk), by=BY, at=NOW)

    assert search.ids("brought together", reader=by) == []


def test_the_page_says_what_the_team_decided_about_the_other_account(by):
    kept = make.member("Ada")
    ended = make.member("Ada", membership="declined", membership_reason="no link", email="a@x.example")

    said = [line.words for line in act.plan(kept, ended) if line.about == "Membership"]

    assert said[1] == "With a@x.example it is “Not approved”: no link. That is not taken over."
