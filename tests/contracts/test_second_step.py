"""No address of the team opens to a password, or to an emailed code, alone: each leads to the second step.

Whoever holds keys and has no second factor comes to where one is set up, who has one to where it is given,
by whichever method they come, and is led back from there. Whoever holds no key sees no difference.
"""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth.models import Group, Permission

from members.models import Member
from tests import make, second_step
from tests.contracts import addresses, people

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("quiet_site")]

#: Whoever holds keys of the site, each in one way alone.
KEYS: dict[str, Callable[[], Member]] = {
    "the tick": lambda: people.staff(),
    "blog editor": lambda: people.staff("Blog editor"),
    "moderator": lambda: people.staff("Moderator"),
    "support": lambda: people.staff("Support"),
    "event admin": lambda: people.staff("Event admin"),
    "superuser": people.admin,
    "superuser without the tick": lambda: make.member("Sue", is_superuser=True),
    "a group without the tick": lambda: _with_a_group(make.member("Gus")),
    "a permission without the tick": lambda: _with_a_permission(make.member("Pam")),
}
#: Addresses below those of the team that have no name, or no page.
UNNAMED = ["/team/nowhere/", "/admin/nowhere/", "/admin/members/", "/admin/jsi18n/", "/admin/r/1/1/"]
#: What can make an account somebody else's, and what shows needs: the second step must be of a moment ago.
ASKED_ANEW = {
    "team:concern",
    "team:event_day_sheet_file",
    "team:event_report_file",
    "team:host_need_arranged",
    "team:host_need_stopped",
    "team:host_needs",
    "team:needs",
    "team:needs_arrange",
    "team:needs_confirm",
    "team:needs_decline",
    "team:needs_decline_ticked",
    "team:needs_stopped",
    "team:person_address",
    "team:person_merge_codes",
    "team:person_merge_with",
    "team:session_attendance_file",
    "team:session_needs",
}


def _with_a_group(member: Member) -> Member:
    member.groups.add(Group.objects.get_or_create(name="Any")[0])
    return member


def _with_a_permission(member: Member) -> Member:
    member.user_permissions.add(Permission.objects.get(codename="view_event"))
    return member


def team_paths() -> list[str]:
    """Return every address of the team."""
    world = addresses.world()
    names = [name for name in addresses.names() if name.startswith(("team:", "admin:"))]
    return sorted({*(addresses.path(name, world) for name in names), *UNNAMED})


def asked(client, path: str) -> dict[str, str]:
    """Ask for an address in each way; return where each leads, without where it goes on to."""
    htmx = {"HX-Request": "true"}
    answers = {
        "get": client.get(path),
        "head": client.head(path),
        "post": client.post(path, {"title": "Words"}),
        "put": client.generic("PUT", path),
        "htmx": client.get(path, headers=htmx),
        "htmx post": client.post(path, {"title": "Words"}, headers=htmx),
    }
    return {
        way: urlsplit(
            got.headers.get("Location") or got.headers.get("HX-Redirect", f"{got.status_code}")
        ).path
        for way, got in answers.items()
    }


@pytest.mark.parametrize("method", ["password", "code"])
@pytest.mark.parametrize("key", KEYS)
def test_a_log_in_alone_opens_no_address_of_the_team(key, method):
    paths = team_paths()
    member = KEYS[key]()
    client = second_step.logged_in_by(method, member)

    without = {(path, *one) for path in paths for one in asked(client, path).items()}
    second_step.app_of(member)
    with_one = {(path, *one) for path in paths for one in asked(client, path).items()}

    assert len(paths) > 100
    assert {one for one in without if one[2] != "/accounts/second-step/"} == set()
    assert {one for one in with_one if one[2] != "/accounts/second-step/give/"} == set()


def test_every_address_of_the_team_comes_after_the_second_step():
    member = people.admin()
    client = second_step.logged_in_by("password", member)

    paths = team_paths()
    places = [client.get(f"{path}?page=2")["Location"] for path in paths]

    assert [parse_qs(urlsplit(place).query)["next"] for place in places] == [
        [f"{path}?page=2"] for path in paths
    ]


def test_acts_that_move_an_account_or_show_needs_ask_for_a_second_step_of_a_moment_ago():
    """All addresses of the team are pressed with one of an hour ago: these ask again, and no other."""
    world, member = addresses.world(), people.admin()
    second_step.app_of(member)
    client = second_step.logged_in_by("password", member, "mfa")
    session = client.session
    records = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [one | {"at": one["at"] - 3600} for one in records]
    session.save()

    names = [name for name in addresses.names() if name.startswith("team:")]
    answers = {name: _pressed(client, addresses.path(name, world)) for name in names}

    led = {name for name, places in answers.items() if "/accounts/second-step/give/" in places}
    assert len(names) > 80
    assert led == ASKED_ANEW


def _pressed(client, path):
    answers = [client.get(path), client.post(path)]
    return [urlsplit(one.headers.get("Location", "")).path for one in answers]


def test_a_visitor_logs_in_and_a_member_is_refused_as_ever():
    member = make.member("Ada")
    client = second_step.logged_in_by("password", member)

    answers = [client.get("/team/").status_code, client.get("/admin/")["Location"]]
    visitors = people.reader().get("/team/")

    assert answers == [403, "/admin/login/?next=/admin/"]
    assert visitors["Location"] == "/accounts/login/?next=/team/"
