"""Accounts in the admin: what the team may do for a member, and what nobody gains by it."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from members.models import Member
from notifications.models import Message
from tests import make
from tests.members.staff import LIST, MEMBERS, approve, opened, staff_of

pytestmark = pytest.mark.django_db

M = Member.Membership


def test_a_new_account_has_no_password_and_an_address_to_confirm(client, sam):
    added = {"name": "Ada", "email": "ADA@Example.org", "region": "", "is_member": "no"}
    client.post(f"{MEMBERS}add/", added)

    ada = Member.objects.get(name="Ada")
    assert (ada.email, ada.membership, ada.has_usable_password()) == ("ada@example.org", "waiting", False)
    assert list(EmailAddress.objects.filter(user=ada).values_list("email", "verified", "primary")) == [
        ("ada@example.org", False, True)
    ]


def test_an_address_is_corrected_confirmed_again_and_the_old_one_told(client, sam):
    ada = make.member("Ada", email="ada@exmaple.org")

    client.post(f"{MEMBERS}{ada.pk}/address/", {"email": " Ada@example.org"})

    ada.refresh_from_db()
    assert ada.email == "ada@example.org"
    assert list(EmailAddress.objects.filter(user=ada).values_list("email", "verified")) == [
        ("ada@example.org", False)
    ]
    assert ada.is_vouched_for
    assert {(message.kind, message.email) for message in Message.objects.all()} == {
        ("address-corrected", "ada@example.org"),
        ("address-replaced", "ada@exmaple.org"),
    }


def test_the_admin_corrects_by_the_rule_and_refuses_what_was_changed_meanwhile(client, sam):
    ada = make.member("Ada", email="ada@example.org")
    page = f"{MEMBERS}{ada.pk}/address/"
    seen = client.get(page).context["form"]["seen"].value()
    client.post(page, {"email": "ada@home.example", "seen": seen})

    late = client.post(page, {"email": "ada@wards.example", "seen": seen})

    ada.refresh_from_db()
    assert ada.email == "ada@home.example"
    assert "was changed while you looked" in late.text
    assert late.context["form"]["seen"].value() == "ada@home.example"


@pytest.mark.parametrize("email", ["sam@example.org", "SAM@example.org", "nonsense", ""])
def test_an_address_that_cannot_be_is_refused_beside_the_field(client, sam, email):
    ada = make.member("Ada", email="ada@example.org")

    answer = client.post(f"{MEMBERS}{ada.pk}/address/", {"email": email})

    ada.refresh_from_db()
    assert list(answer.context["form"].errors) == ["email"]
    assert ada.email == "ada@example.org"


def test_nobody_is_deleted(client, sam):
    ada = make.member("Ada")

    assert client.post(f"{MEMBERS}{ada.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Member.objects.filter(pk=ada.pk).exists()


@pytest.mark.slow
def test_support_helps_members_but_gains_no_rights(client):
    support = staff_of("Support")
    ada = make.member("Ada", membership=M.WAITING)
    path = f"{MEMBERS}{ada.pk}/change/"

    support.post(path, opened(support, path) | {"role": "Nurse", "is_staff": "on", "is_superuser": "on"})
    approve(support, ada)

    ada.refresh_from_db()
    assert (ada.role, ada.is_staff, ada.is_superuser, ada.membership) == ("Nurse", False, False, "active")


def test_support_cannot_import_the_list():
    assert staff_of("Support").get(f"{LIST}import/").status_code == 403
    assert staff_of("Event admin", "Eva").get(f"{LIST}import/").status_code == 200


def test_the_admin_is_entered_through_the_sites_own_log_in(client):
    answer = client.get("/admin/login/?next=/admin/members/")
    ada = make.member("Ada")
    member = Client()
    member.force_login(ada)

    assert answer.url == "/accounts/login/?next=%2Fadmin%2Fmembers%2F"
    assert member.get("/admin/login/").status_code == 403


def test_addresses_are_not_edited_past_the_rules(client, sam):
    assert client.get("/admin/account/emailaddress/").status_code == 404
