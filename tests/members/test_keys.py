"""Keys of the site: nobody gains them by changing an account, and they end with the tick for staff."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from comments.moderation.moderators import moderators
from members import addresses, keys
from members.models import Member
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat
from tests.members.staff import MEMBERS, act

pytestmark = pytest.mark.django_db


def moderator_without_tick() -> Member:
    member = people.staff("Moderator")
    member.is_staff = False
    member.save()
    return member


def with_one_permission() -> Member:
    member = make.member("Pam")
    member.user_permissions.add(Permission.objects.get(codename="view_member"))
    return member


def superuser_without_tick() -> Member:
    return make.member("Rick", is_superuser=True)


STRONGER = {
    "staff": people.staff,
    "an editor": lambda: people.staff("Blog editor"),
    "a moderator without the tick": moderator_without_tick,
    "one permission": with_one_permission,
    "a superuser without the tick": superuser_without_tick,
}


@pytest.fixture
def support() -> Client:
    return people.reader(people.staff("Support"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", STRONGER)
def test_support_changes_nothing_about_an_account_that_holds_keys(support, kind):
    stronger = STRONGER[kind]()
    before = Member.objects.filter(pk=stronger.pk).values().get()

    answers = [
        support.post(f"{MEMBERS}{stronger.pk}/address/", {"email": "eve@example.org"}),
        support.post(f"{MEMBERS}{stronger.pk}/password/", {"password1": "four new green bottles"}),
        support.post(f"{MEMBERS}{stronger.pk}/change/", {"name": "Eve", "email": "eve@example.org"}),
    ]
    refused = act(support, "end", stronger, reason="None.")

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert f"{stronger} has a role in the team: only a superuser may do this." in flat(refused.text)
    assert Member.objects.filter(pk=stronger.pk).values().get() == before
    assert not Message.objects.exists()


@pytest.mark.parametrize("kind", STRONGER)
def test_the_rules_themselves_refuse(kind):
    stronger, by = STRONGER[kind](), people.staff("Event admin")

    with pytest.raises(addresses.CorrectionRefused):
        addresses.correct(stronger, "eve@example.org", by=by, at=NOW)
    with pytest.raises(keys.StrongerAccount):
        addresses.send_reset(stronger, by=by, at=NOW)


def test_nobody_of_the_team_sets_a_password_and_support_sends_how_to_choose_one(support):
    ada = make.member("Ada", email="ada@example.org", password="three small otters")
    path = f"{MEMBERS}{ada.pk}/password/"

    page = support.get(path).text
    support.post(path, {"password1": "four new green bottles", "password2": "four new green bottles"})

    ada.refresh_from_db()
    assert "password1" not in page
    assert ada.check_password("three small otters")
    assert list(Message.objects.values_list("kind", "member__name")) == [("choose-password", "Ada")]


@pytest.mark.parametrize(
    ("group", "path"),
    [
        ("Moderator", "/team/"),
        ("Moderator", "/team/moderation/"),
        ("Blog editor", "/team/posts/"),
        ("Event admin", "/admin/"),
        ("Support", "/admin/members/member/"),
    ],
)
def test_without_the_tick_for_staff_a_role_opens_nothing_at_once(group, path):
    member = people.staff(group)
    reader = people.reader(member)
    before = reader.get(path).status_code

    Member.objects.filter(pk=member.pk).update(is_staff=False)
    after = reader.get(path)

    assert before == 200
    assert after.status_code == 403 or after["Location"].startswith("/admin/login/")
    assert not Member.objects.get(pk=member.pk).has_perm("comments.moderate_comment")


def test_who_has_no_tick_gets_no_mail_of_moderators():
    member = people.staff("Moderator")
    before = list(moderators())

    Member.objects.filter(pk=member.pk).update(is_staff=False)

    assert (before, list(moderators())) == ([member], [])


def test_only_a_superuser_says_what_a_role_may_do():
    member = people.staff()
    member.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    group = Group.objects.create(name="Friends")

    answers = [
        people.reader(who).get(f"/admin/auth/group/{group.pk}/change/") for who in (member, people.admin())
    ]

    assert not keys.may_change(member, by=member)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "_save" not in answers[0].text
    assert "_save" in answers[1].text


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admins_own_page_for_passwords_leads_to_that_of_the_account(method):
    root = people.admin()
    root.set_password("three small otters")
    root.save()
    words = {"new_password1": "four new green bottles", "new_password2": "four new green bottles"}
    typed = {"old_password": "three small otters"} | words

    answer = getattr(people.reader(root), method)("/admin/password_change/", typed)

    root.refresh_from_db()
    assert answer.url == "/accounts/password/change/"
    assert root.check_password("three small otters")
