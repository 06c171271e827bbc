"""Team roles: what each may do stands in sentences, and is given and taken as a whole."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from members import capabilities
from tests import make
from tests.contracts import people

pytestmark = pytest.mark.django_db

ADDRESSES, AGAIN = "notifications.see_recipient_address", "notifications.send_message_again"


def permissions_of(group):
    return {
        capabilities.codename(one) for one in group.permissions.select_related("content_type").order_by("pk")
    }


def keys_of(name):
    people.staff(name)
    return [one.key for one in capabilities.capabilities_of(Group.objects.get(name=name))]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Blog editor", ["blog.change_post", "members.change_policy"]),
        ("Moderator", ["comments.moderate_comment", "comments.see_guest_address", "members.change_policy"]),
        (
            "Support",
            [
                "events.view_session",
                "events.change_registration",
                "workshops.change_booking",
                "events.view_accessneeds",
                "members.change_member",
                AGAIN,
                ADDRESSES,
            ],
        ),
    ],
)
def test_the_roles_that_ship_say_what_they_may(name, keys):
    assert keys_of(name) == keys


def test_every_capability_names_permissions_that_there_are():
    people.staff("Support")
    every = {capabilities.codename(one) for one in Permission.objects.select_related("content_type")}

    found = {one.key: {name for name in every if one.covers(name)} for one in capabilities.CAPABILITIES}

    assert [key for key, names in found.items() if key not in names] == []


def test_access_needs_come_with_no_other_capability():
    with_needs = [one.key for one in capabilities.CAPABILITIES if one.covers("events.view_accessneeds")]

    assert with_needs == ["events.view_accessneeds"]


def test_a_capability_is_given_and_taken_as_a_whole():
    people.staff("Support")
    role = Group.objects.create(name="Postbag")

    capabilities.give(role, [AGAIN])
    given = permissions_of(role)
    capabilities.give(role, [ADDRESSES])

    assert given == {AGAIN, "notifications.view_message", "notifications.view_sentletter"}
    assert permissions_of(role) == {ADDRESSES}


def test_what_two_capabilities_share_stays_with_the_one_that_is_left():
    people.staff("Support")
    role = Group.objects.create(name="Desk")
    both = ["events.view_session", "events.view_accessneeds"]
    capabilities.give(role, both)

    capabilities.give(role, both[:1])

    assert "events.view_session" in permissions_of(role)
    assert "events.view_accessneeds" not in permissions_of(role)


def test_a_permission_of_no_capability_stays_and_one_that_is_new_comes_with_the_next_save():
    people.staff("Support")
    role = Group.objects.create(name="Editors")
    capabilities.give(role, ["blog.change_post"])
    role.permissions.remove(Permission.objects.get(codename="view_revision"))
    role.permissions.add(Permission.objects.get(codename="view_logentry"))

    capabilities.give(role, ["blog.change_post"])

    assert {"blog.view_revision", "admin.view_logentry"} <= permissions_of(role)


def test_the_form_gives_what_is_ticked():
    client = people.reader(people.admin())
    people.staff("Support")

    answer = client.post(reverse("admin:auth_group_add"), {"name": "Postbag", "may": [AGAIN, ADDRESSES]})

    role = Group.objects.get(name="Postbag")
    page = client.get(reverse("admin:auth_group_change", args=[role.pk])).content.decode()
    assert (answer.status_code, [one.key for one in capabilities.capabilities_of(role)]) == (
        302,
        [AGAIN, ADDRESSES],
    )
    assert page.count("checked") == 2


@pytest.mark.slow
def test_a_persons_page_says_what_each_role_may_do():
    client = people.reader(people.admin())
    people.staff("Blog editor")
    ada = make.member("Ada")

    page = client.get(reverse("admin:members_member_change", args=[ada.pk])).content.decode()

    assert "Blog editor: Write, edit and publish posts. Edit policy pages." in page
    assert "Superuser status" not in page
    assert "May do everything" in page


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_the_list_of_roles_costs_the_same_however_many_there_are(number, django_assert_num_queries):
    client = people.reader(people.admin())
    Group.objects.bulk_create(Group(name=f"Role {n}") for n in range(number))
    address = reverse("admin:auth_group_changelist")
    client.get(address)

    with django_assert_num_queries(7):
        client.get(address)
