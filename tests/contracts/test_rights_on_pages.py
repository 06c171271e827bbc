"""Rights of the team count on no page before the second step was given in the session.

Below ``/team/`` and ``/admin/`` the gate sees to it (``test_second_step``). Elsewhere a member's row says it
(``Member.has_perm``), where it is that of the request. So code that asks for rights, or for the tick for
staff, stands in the lists below, each with why it may; and each address is asked by who has a password alone.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from members.models import Member
from tests import make, second_step
from tests.contracts import addresses, people
from tests.contracts.roles.table import LETTERS

ROOT = Path(settings.BASE_DIR)
APPS = (
    "audit",
    "blog",
    "comments",
    "common",
    "events",
    "members",
    "notifications",
    "qevent",
    "search",
    "team",
    "workshops",
)
#: What says that somebody is of the team, or may do something.
RIGHTS = {
    "get_all_permissions",
    "get_group_permissions",
    "get_user_permissions",
    "has_module_perms",
    "has_perm",
    "has_perm_with_second_step",
    "has_perms",
    "is_staff",
    "is_superuser",
    "with_perm",
}
#: Pages behind the gate, what no browser calls, and the past.
BEHIND_THE_GATE = re.compile(r"^team/|(^|/)admin(/|\.py$)|/management/|/migrations/|^qevent/(admin_|demo/)")

READER = "asks the reader of the request, whose rights count once the second step was given"
TICK = "shows no more than a way to pages behind the gate"
NO_SESSION = "is about somebody who does not ask: there is no session"
ALLOWED = {
    "blog/views/loading.py": READER,
    "comments/templatetags/comments.py": READER,
    "comments/writing/trust.py": "asks who acts, as they came with the request",
    "events/joining_details.py": READER,
    "events/views/loading.py": READER,
    "members/accounts/factor_reset.py": "is asked behind the gate",
    "members/accounts/first_factor.py": "is asked behind the gate",
    "members/accounts/second_factor.py": "the rule itself",
    "members/emails.py": NO_SESSION,
    "members/emails_addresses.py": NO_SESSION,
    "members/keys.py": "says who is asked for the second step",
    "members/models.py": "the rule itself",
    "members/privacy/erasure.py": "counts who may do everything",
    "members/site_in_memory.py": "reads the settings of now in place of those of seconds ago",
    "members/templatetags/site_header.py": TICK,
    "members/views.py": READER,
    "qevent/views.py": TICK,
}
ALLOWED_TEMPLATES = {
    "components/header.html": TICK,
    "contact.html": TICK,
    "events/event.html": READER,
    "events/session.html": READER,
    "events/theme.html": READER,
    "members/policy.html": READER,
    "members/profile.html": TICK,
}
ASK = "asks for rights: ask the reader of the request, and say here why its page is a member’s until then"


def python() -> Iterator[tuple[str, str]]:
    """What asks for rights, and by which word."""
    for path in (one for app in APPS for one in sorted((ROOT / app).rglob("*.py"))):
        name = path.relative_to(ROOT).as_posix()
        if BEHIND_THE_GATE.search(name):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in RIGHTS:
                yield name, node.attr


def templates() -> Iterator[str]:
    """Templates of the site that ask for rights."""
    asks = re.compile(r"\{[{%][^}]*\b(is_staff|is_superuser|perms\.)")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = path.relative_to(ROOT / "templates").as_posix()
        if not name.startswith(("admin/", "team/")) and asks.search(path.read_text()):
            yield name


def test_all_that_asks_for_rights_is_known():
    found = {name for name, _ in python()}

    assert found - ALLOWED.keys() == set(), ASK
    assert ALLOWED.keys() - found == set(), "asks for rights no more"


def test_all_templates_that_ask_for_rights_are_known():
    found = set(templates())

    assert found - ALLOWED_TEMPLATES.keys() == set(), ASK
    assert ALLOWED_TEMPLATES.keys() - found == set(), "asks for rights no more"


# ---- Each address, asked by somebody with rights and a password alone ---------------------------

#: Pages that ask the team for its second step, or lead to where it is asked.
SAY_SO = ("account_factor", "contact", "members:fetch_file", "members:profile")


def pages(client: Client, both: tuple[Member, Member], world: addresses.World) -> dict[str, str]:
    """What somebody gets from each address outside of the team's, without the names of the two compared."""
    got = {}
    names = [one for one in addresses.names() if not one.startswith(("team:", "admin:", *SAY_SO))]
    for name in names:
        path = addresses.path(name, world)
        with people.as_she_is(client):
            answer = client.get(path)
        words = answer.text if answer.get("Content-Type", "").startswith("text/html") else ""
        for member in both:
            words = words.replace(member.name, "").replace(member.email, "")
        words = re.sub(r'<header class="site-header">.*?</header>', "", words, flags=re.DOTALL)
        words = re.sub(r"""[A-Za-z0-9]{64}|value="[^"]*"|nonce-\S+""", "", words)
        got[name] = f"{LETTERS.get(answer.status_code, answer.status_code)} {words}"
    return got


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("quiet_site")
@pytest.mark.parametrize("role", ["Blog editor", "Moderator", "Support", "Event admin", "everything"])
def test_with_a_password_alone_each_page_is_a_members(role):
    with time_machine.travel(make.NOW, tick=False):
        world = addresses.world()
        ada, tess = make.member("Ada"), world.root if role == "everything" else people.staff(role)

        by_member = pages(second_step.logged_in_by("password", ada), (ada, tess), world)
        by_team = pages(second_step.logged_in_by("password", tess), (ada, tess), world)

    assert len(by_team) > 80
    assert {name for name in by_team if by_team[name] != by_member[name]} == set()
