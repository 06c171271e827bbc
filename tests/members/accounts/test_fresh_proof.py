"""Before what matters most the team gives its second step anew, if the last was over 15 minutes ago."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse

from members import capabilities
from members.models import Member
from tests import make, second_step
from tests.contracts import people

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
GIVE = "/accounts/second-step/give/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as travelling:
        yield travelling


@pytest.fixture
def root() -> Member:
    root = people.admin()
    second_step.app_of(root)
    return root


def rights(member: Member, **changed) -> dict[str, object]:
    """What the form of a member sends."""
    return {"name": member.name, "is_active": "on", "seen": "x"} | changed


@pytest.mark.parametrize(
    ("changed", "is_asked"),
    [
        ({}, False),
        ({"name": "Ada Mensah"}, False),
        ({"is_staff": "on"}, True),
        ({"is_superuser": "on"}, True),
        ({"is_active": ""}, True),
        ({"is_active": "false"}, True),
        ({"groups": ["1"]}, True),
    ],
)
def test_changing_rights_asks_anew_and_changing_a_name_does_not(root, clock, changed, is_asked):
    ada, client = make.member("Ada"), people.reader(root)
    page = reverse("admin:members_member_change", args=[ada.pk])

    at_once = client.post(page, rights(ada, **changed))
    clock.shift(timedelta(minutes=16))
    later = client.post(page, rights(ada, **changed))

    assert not at_once.headers.get("Location", "").startswith(GIVE)
    assert later.headers.get("Location", "").startswith(f"{GIVE}?next={page}") == is_asked


@pytest.mark.parametrize("spelling", ["+{}", "0{}", " {}", "{} ", "{}_0"])
def test_a_record_has_one_address_and_no_other_spelling_of_it_opens_unasked(root, clock, spelling):
    registration = make.registration(make.event(), make.member("Ada"))
    make.needs(registration, "A ramp")
    client = people.reader(root)
    clock.shift(timedelta(minutes=16))

    for name, pk in (("events_registration", registration.pk), ("members_member", registration.member_id)):
        address = reverse(f"admin:{name}_change", args=[spelling.format(pk)])
        answers = [client.get(address), client.post(address, rights(registration.member, is_staff="on"))]
        assert {one.headers.get("Location", "a page").partition("?")[0] for one in answers} <= {
            "/admin/",
            GIVE,
        }
    assert not Member.objects.get(pk=registration.member_id).is_staff


def test_what_was_ticked_is_there_again_after_the_second_step(root, clock):
    ada, client = make.member("Ada"), people.reader(root)
    page = reverse("admin:members_member_change", args=[ada.pk])
    clock.shift(timedelta(minutes=16))

    client.post(page, rights(ada, is_staff="on"))
    given = client.post(GIVE, {"code": second_step.code(AT + timedelta(minutes=16)), "next": page})
    shown = client.get(given["Location"])

    assert given["Location"] == page
    assert shown.context["adminform"].form["is_staff"].value() in (True, "on")


def change_role(client, role):
    page = reverse("admin:auth_group_change", args=[role.pk])
    client.post(page, {"name": "Readers", "may": [capabilities.CAPABILITIES[0].key]})


def delete_role(client, role):
    client.post(reverse("admin:auth_group_delete", args=[role.pk]), {"post": "yes"})


def delete_from_list(client, role):
    sent = {"action": "delete_selected", "_selected_action": role.pk, "post": "yes"}
    client.post(reverse("admin:auth_group_changelist"), sent)


@pytest.mark.parametrize("act", [change_role, delete_role, delete_from_list])
def test_a_role_that_changes_logs_out_who_holds_it_and_nobody_else(root, act):
    role, (tess, ada) = Group.objects.create(name="Readers"), map(make.member, ("Tess", "Ada"))
    tess.groups.add(role)
    desks = [people.reader(member) for member in (tess, ada, root)]

    act(people.reader(root), role)

    assert [one.get("/members/profile/").status_code for one in desks] == [302, 200, 200]


@pytest.mark.parametrize("name", ["add", "change", "delete"])
def test_roles_ask_anew(root, clock, name):
    role, client = Group.objects.create(name="Readers"), people.reader(root)
    page = reverse(f"admin:auth_group_{name}", args=[] if name == "add" else [role.pk])

    at_once = client.get(page).status_code
    clock.shift(timedelta(minutes=16))
    later = client.get(page)

    assert (at_once, later["Location"]) == (200, f"{GIVE}?next={page}")


def test_roles_are_not_deleted_from_the_list_without(root, clock):
    role, client = Group.objects.create(name="Readers"), people.reader(root)
    clock.shift(timedelta(minutes=16))

    sent = {"action": "delete_selected", "_selected_action": role.pk, "post": "yes"}
    answer = client.post(reverse("admin:auth_group_changelist"), sent)

    assert answer["Location"].startswith(GIVE)
    assert Group.objects.filter(pk=role.pk).exists()


def test_access_needs_ask_anew(clock):
    support = people.staff("Support")
    second_step.app_of(support)
    client, page = people.reader(support), reverse("team:needs")
    make.needs(make.registration(make.event(), make.member("Ada")), "A ramp")

    at_once = [client.get(page), client.post(page)]
    clock.shift(timedelta(minutes=16))
    later = [client.get(page), client.post(page)]

    assert ["A ramp" in answer.text for answer in at_once] == [False, True]
    assert [answer["Location"] for answer in later] == [f"{GIVE}?next={page}"] * 2


def test_the_programme_s_file_asks_anew(root, clock):
    make.session(make.event())
    client, page = people.reader(root), reverse("admin:events_session_export")

    at_once = client.get(page).status_code
    clock.shift(timedelta(minutes=16))

    assert (at_once, client.get(page)["Location"]) == (200, f"{GIVE}?next={page}")
