"""A lost second step is reset by two others of the team, or by the command line; its owner is told."""

from contextlib import suppress
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse

from audit.actors import COMMAND
from audit.models import Entry
from members.accounts import factor_reset, factors, limits
from members.accounts.factor_reset import ResetRefused
from members.models import Member
from notifications.models import Message
from tests import make, second_step
from tests.contracts import people
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def tess() -> Member:
    tess = make.member("Tess", is_staff=True, email="tess@example.org")
    second_step.app_of(tess)
    return tess


@pytest.fixture
def sam() -> Member:
    return people.staff("Support")


def has_one(member: Member) -> bool:
    return bool(Authenticator.objects.filter(user=member).exists())


def test_one_asks_and_another_confirms(tess, sam):
    root, desk = people.admin(), people.reader(tess)
    page = reverse("admin:members_member_second_step", args=[tess.pk])

    people.reader(sam).post(page, {"ask": "1"})
    shown = people.reader(root).get(page)
    people.reader(root).post(page, {"confirm": "1"})

    assert "Staff Support has asked to reset the second step of Tess." in shown.text
    assert not has_one(tess)
    assert not desk.get("/members/profile/").wsgi_request.user.is_authenticated
    assert list(Entry.objects.order_by("pk").values_list("act", "actor_id", "member_id")) == [
        ("member.factor-reset-asked", sam.pk, tess.pk),
        ("member.factor-reset", root.pk, tess.pk),
    ]
    assert list(Message.objects.order_by("pk").values_list("kind", "member", "payload")) == [
        ("second-factor", tess.pk, {"what": "asked"}),
        ("second-factor", tess.pk, {"what": "reset"}),
    ]


def test_nobody_confirms_what_they_asked(tess):
    root = people.admin()
    factor_reset.ask(tess, by=root, at=NOW)

    with pytest.raises(ResetRefused, match="You have asked for this yourself"):
        factor_reset.confirm(tess, by=root, at=NOW)

    assert has_one(tess)


def test_the_owner_neither_asks_nor_confirms(sam):
    root = people.admin()
    second_step.app_of(root)

    with pytest.raises(ResetRefused, match="You cannot do this for yourself"):
        factor_reset.ask(root, by=root, at=NOW)
    factor_reset.ask(root, by=sam, at=NOW)
    with pytest.raises(ResetRefused, match="You cannot do this for yourself"):
        factor_reset.confirm(root, by=root, at=NOW)

    assert has_one(root)


def test_only_a_superuser_confirms_and_only_within_a_day(tess, sam):
    factor_reset.ask(tess, by=people.admin(), at=NOW)

    with pytest.raises(ResetRefused, match="Only a superuser"):
        factor_reset.confirm(tess, by=sam, at=NOW)
    with pytest.raises(ResetRefused, match="Nobody has asked"):
        factor_reset.confirm(tess, by=make.member("Sue", is_superuser=True), at=NOW + timedelta(days=1))

    assert has_one(tess)


def test_what_was_confirmed_is_not_confirmed_again(tess, sam):
    root = people.admin()
    factor_reset.ask(tess, by=sam, at=NOW)
    factor_reset.confirm(tess, by=root, at=NOW)
    second_step.app_of(tess)

    with pytest.raises(ResetRefused, match="Nobody has asked"):
        factor_reset.confirm(tess, by=root, at=NOW)

    assert has_one(tess)


def test_a_reset_forgets_wrong_codes(tess):
    for _ in range(11):
        with suppress(factors.WrongCode, limits.TooMany):
            factors.give_code(tess, "000000", at=NOW)

    factor_reset.reset(tess, by=COMMAND, at=NOW)
    second_step.app_of(tess)

    assert factors.give_code(tess, second_step.code(NOW), at=NOW)


def left(tess: Member, sam: Member) -> None:
    Member.objects.filter(pk=sam.pk).update(is_active=False)


def has_no_role(tess: Member, sam: Member) -> None:
    sam.groups.clear()


def found_again(tess: Member, sam: Member) -> None:
    factors.renew_recovery_codes(tess, at=NOW)


@pytest.mark.parametrize("happens", [left, has_no_role, found_again])
def test_what_was_asked_ends_with_the_rights_of_who_asked_and_where_it_is_found(tess, sam, happens):
    factor_reset.ask(tess, by=sam, at=NOW)
    happens(tess, sam)

    with pytest.raises(ResetRefused, match="Nobody has asked"):
        factor_reset.confirm(tess, by=people.admin(), at=NOW)

    assert has_one(tess)


def test_a_moderator_asks_for_nothing(tess):
    page = reverse("admin:members_member_second_step", args=[tess.pk])

    answer = people.reader(people.staff("Moderator")).post(page, {"ask": "1"})

    assert (answer.status_code, Entry.objects.count()) == (403, 0)


def test_the_command_line_resets_at_once(tess, capsys):
    bo = people.reader(make.member("Bo"))
    call_command("reset_second_factor", "Tess@example.org")

    assert not has_one(tess)
    assert capsys.readouterr().out.startswith("Tess is logged out everywhere")
    assert list(Entry.objects.values_list("act", "via")) == [("member.factor-reset", "command")]
    assert bo.get("/members/profile/").status_code == 200
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_second_factor", "nobody@example.org")


def test_whose_rights_change_is_logged_out_and_whose_name_changes_is_not():
    root, ada = people.admin(), make.member("Ada")
    client, desk = people.reader(root), people.reader(ada)
    page = reverse("admin:members_member_change", args=[ada.pk])

    def save(**changed) -> bool:
        form = client.get(page).context["adminform"].form
        sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
        answer = client.post(page, sent | changed)
        assert answer.status_code == 302
        return desk.get("/members/profile/").status_code == 200

    assert [save(name="Ada Mensah"), save(is_staff="on")] == [True, False]
