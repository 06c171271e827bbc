"""Who gets what from every address of the site: an address that is not in the table fails the test.

Each word of a row has one letter a reader, first for GET, then for POST without any field: ``o`` a page,
``b`` a page that says what is wrong (422), ``r`` on to another page, ``f`` forbidden, ``n`` not found, ``m``
not this method. HEAD answers as GET. Whether the page holds how to join is the last test.
"""

from collections.abc import Callable

import pytest
import time_machine
from django.db import transaction

from members.models import Member
from tests import make
from tests.contracts import addresses, people

pytestmark = pytest.mark.django_db

ROLES: dict[str, Callable[[addresses.World], Member | None]] = {
    "visitor": lambda world: None,
    "waiting for approval": lambda world: make.member("Winnie", membership="waiting"),
    "membership ended": lambda world: make.member("Edith", membership="ended"),
    "not registered": lambda world: make.member("Bo"),
    "registered and booked": lambda world: world.ada,
    "host": lambda world: make.member("Hana", email="hana@hosts.example"),
    "staff without rights": lambda world: people.staff(),
    "support": lambda world: people.staff("Support"),
    "event admin": lambda world: people.staff("Event admin"),
    "admin": lambda world: world.root,
}
#: Logging out leaves the browser without its cookie: who asks for these has logged in again.
AFTER_LOGGING_OUT = ("account_password_reset_completed", "admin:members_listedaddress_add")
LETTERS = {200: "o", 422: "b", 302: "r", 403: "f", 404: "n", 405: "m"}

TABLE = {
    "account_change_password": "rrrrrrrrrr rrrrrrrrrr",
    "account_complete_password_reset": "rrrrrrrrrr rrrrrrrrrr",
    "account_confirm_login_code": "rrrrrrrrrr rrrrrrrrrr",
    "account_confirm_password_reset_code": "rrrrrrrrrr rrrrrrrrrr",
    "account_email": "rooooooooo rrrrrrrrrr",
    "account_email_verification_sent": "rrrrrrrrrr rrrrrrrrrr",
    "account_inactive": "oooooooooo mmmmmmmmmm",
    "account_login": "orrrrrrrrr orrrrrrrrr",
    "account_logout": "rooooooooo rrrrrrrrrr",
    "account_password_reset_completed": "oooooooooo mmmmmmmmmm",
    "account_reauthenticate": "rfffffffff rfffffffff",
    "account_request_login_code": "orrrrrrrrr orrrrrrrrr",
    "account_reset_password": "oooooooooo oooooooooo",
    "account_set_password": "rooooooooo rooooooooo",
    "account_signup": "orrrrrrrrr orrrrrrrrr",
    "admin:app_list": "rrrrrrnooo rrrrrrnooo",
    "admin:auth_group_add": "rrrrrrfffo rrrrrrfffo",
    "admin:auth_group_change": "rrrrrrfffo rrrrrrfffo",
    "admin:auth_group_changelist": "rrrrrrfffo rrrrrrfffo",
    "admin:auth_group_delete": "rrrrrrfffo rrrrrrfffo",
    "admin:auth_group_history": "rrrrrrfffo rrrrrrfffo",
    "admin:auth_user_password_change": "rrrrrrfooo rrrrrrfooo",
    "admin:autocomplete": "rrrrrrffff rrrrrrmmmm",
    "admin:events_contributor_add": "rrrrrrffoo rrrrrrffoo",
    "admin:events_contributor_change": "rrrrrrfooo rrrrrrffoo",
    "admin:events_contributor_changelist": "rrrrrrfooo rrrrrrfooo",
    "admin:events_contributor_delete": "rrrrrrffoo rrrrrrffoo",
    "admin:events_contributor_history": "rrrrrrfooo rrrrrrfooo",
    "admin:events_event_add": "rrrrrrffoo rrrrrrffoo",
    "admin:events_event_change": "rrrrrrfooo rrrrrrffoo",
    "admin:events_event_changelist": "rrrrrrfooo rrrrrrfooo",
    "admin:events_event_delete": "rrrrrrffff rrrrrrffff",
    "admin:events_event_history": "rrrrrrfooo rrrrrrfooo",
    "admin:events_registration_add": "rrrrrrfooo rrrrrrfooo",
    "admin:events_registration_change": "rrrrrrfooo rrrrrrffff",
    "admin:events_registration_changelist": "rrrrrrfooo rrrrrrfooo",
    "admin:events_registration_delete": "rrrrrrffff rrrrrrffff",
    "admin:events_registration_history": "rrrrrrfooo rrrrrrfooo",
    "admin:events_session_add": "rrrrrrffoo rrrrrrffoo",
    "admin:events_session_change": "rrrrrrfooo rrrrrrffoo",
    "admin:events_session_changelist": "rrrrrrfooo rrrrrrfooo",
    "admin:events_session_delete": "rrrrrrffoo rrrrrrffoo",
    "admin:events_session_history": "rrrrrrfooo rrrrrrfooo",
    "admin:events_session_import": "rrrrrrffoo rrrrrrffoo",
    "admin:events_session_import_confirm": "rrrrrrffno rrrrrrffno",
    "admin:events_theme_add": "rrrrrrffoo rrrrrrffoo",
    "admin:events_theme_change": "rrrrrrfooo rrrrrrffoo",
    "admin:events_theme_changelist": "rrrrrrfooo rrrrrrfooo",
    "admin:events_theme_delete": "rrrrrrffoo rrrrrrffoo",
    "admin:events_theme_history": "rrrrrrfooo rrrrrrfooo",
    "admin:index": "rrrrrroooo rrrrrroooo",
    "admin:jsi18n": "rrrrrroooo rrrrrrmmmm",
    "admin:login": "rfffffrrrr rfffffoooo",
    "admin:logout": "rrrrrrmmmm rrrrrroooo",
    "admin:members_listedaddress_add": "rrrrrrffoo rrrrrrffoo",
    "admin:members_listedaddress_change": "rrrrrrfooo rrrrrrffoo",
    "admin:members_listedaddress_changelist": "rrrrrrfooo rrrrrrfooo",
    "admin:members_listedaddress_confirm": "rrrrrrffno rrrrrrffnr",
    "admin:members_listedaddress_delete": "rrrrrrffoo rrrrrrffoo",
    "admin:members_listedaddress_history": "rrrrrrfooo rrrrrrfooo",
    "admin:members_listedaddress_import": "rrrrrrffoo rrrrrrffoo",
    "admin:members_member_add": "rrrrrrfooo rrrrrrfooo",
    "admin:members_member_address": "rrrrrrfooo rrrrrrfooo",
    "admin:members_member_change": "rrrrrrfooo rrrrrrfooo",
    "admin:members_member_changelist": "rrrrrrfooo rrrrrrfooo",
    "admin:members_member_delete": "rrrrrrffff rrrrrrffff",
    "admin:members_member_history": "rrrrrrfooo rrrrrrfooo",
    "admin:members_sitesettings_add": "rrrrrrffff rrrrrrffff",
    "admin:members_sitesettings_change": "rrrrrrfooo rrrrrrfffo",
    "admin:members_sitesettings_changelist": "rrrrrrrrrr rrrrrrrrrr",
    "admin:members_sitesettings_delete": "rrrrrrffff rrrrrrffff",
    "admin:members_sitesettings_history": "rrrrrrfooo rrrrrrfooo",
    "admin:notifications_message_add": "rrrrrrffff rrrrrrffff",
    "admin:notifications_message_change": "rrrrrrfooo rrrrrrffff",
    "admin:notifications_message_changelist": "rrrrrrfooo rrrrrrfooo",
    "admin:notifications_message_delete": "rrrrrrffff rrrrrrffff",
    "admin:notifications_message_history": "rrrrrrfooo rrrrrrfooo",
    "admin:notifications_message_preview": "rrrrrrnooo mmmmmmmmmm",
    "admin:notifications_message_send_again": "mmmmmmmmmm rrrrrrnrrr",
    "admin:password_change": "rrrrrroooo rrrrrroooo",
    "admin:password_change_done": "rrrrrroooo rrrrrrmmmm",
    "admin:view_on_site": "rrrrrrnnnn rrrrrrnnnn",
    "admin:workshops_booking_add": "rrrrrrfooo rrrrrrfooo",
    "admin:workshops_booking_change": "rrrrrrfooo rrrrrrffff",
    "admin:workshops_booking_changelist": "rrrrrrfooo rrrrrrfooo",
    "admin:workshops_booking_delete": "rrrrrrffff rrrrrrffff",
    "admin:workshops_booking_history": "rrrrrrfooo rrrrrrfooo",
    "calendar:feed": "oooooooooo mmmmmmmmmm",
    "calendar:new": "mmmmmmmmmm rrrrrrrrrr",
    "calendar:page": "rooooooooo rooooooooo",
    "calendar:stop": "mmmmmmmmmm rrrrrrrrrr",
    "contact": "oooooooooo mmmmmmmmmm",
    "events:access_needs": "mmmmmmmmmm rrrrrrrrrr",
    "events:cancel_registration": "rrrrorrrrr rrrrrrrrrr",
    "events:event": "oooooooooo mmmmmmmmmm",
    "events:list": "oooooooooo mmmmmmmmmm",
    "events:programme": "oooooooooo mmmmmmmmmm",
    "events:register": "rooooooooo rrorrrrrrr",
    "events:session": "oooooooooo mmmmmmmmmm",
    "events:theme": "oooooooooo mmmmmmmmmm",
    "health": "oooooooooo mmmmmmmmmm",
    "home": "oooooooooo mmmmmmmmmm",
    "media": "nnnnnnnnnn mmmmmmmmmm",
    "members:membership": "rooooooooo rmmmmmmmmm",
    "members:profile": "rooooooooo rooooooooo",
    "notifications:email": "nnnnnnnnnn mmmmmmmmmm",
    "notifications:email_file": "nnnnnnnnnn mmmmmmmmmm",
    "notifications:email_html": "nnnnnnnnnn mmmmmmmmmm",
    "notifications:mail": "nnnnnnnnnn mmmmmmmmmm",
    "styleguide": "nnnnnnnnnn mmmmmmmmmm",
    "workshops:accept": "rrrrrrrrrr rrrrrrrrrr",
    "workshops:agenda": "rooooooooo mmmmmmmmmm",
    "workshops:agenda_now": "rooooooooo mmmmmmmmmm",
    "workshops:book": "mmmmmmmmmm rrrrrrrrrr",
    "workshops:book_choices": "mmmmmmmmmm rrrrrrrrrr",
    "workshops:cancel": "rrrrorrrrr rrrrrrrrrr",
    "workshops:choose": "mmmmmmmmmm rrrrrrrrrr",
    "workshops:decline": "mmmmmmmmmm rrrrrrrrrr",
    "workshops:email_agenda": "mmmmmmmmmm rrrrrrrrrr",
    "workshops:swap": "rrrrrrrrrr rrrrrrrrrr",
    "workshops:unchoose": "mmmmmmmmmm rrrrrrrrrr",
}


@pytest.fixture(autouse=True)
def _not_the_demo(settings):
    settings.DEMO = settings.DEBUG = False
    with time_machine.travel(make.NOW, tick=False):
        yield


def codes(role: str, world: addresses.World) -> dict[str, tuple[str, str]]:
    """Ask for every address as this reader; nothing of it stays."""
    member = ROLES[role](world)
    client = people.reader(member)
    found = {}
    for name in addresses.names():
        client = people.reader(member) if name in AFTER_LOGGING_OUT else client
        path = addresses.path(name, world)
        with transaction.atomic():
            got = client.get(path).status_code
            assert name.startswith("admin:") or client.head(path).status_code == got
            posted = client.post(path).status_code
            transaction.set_rollback(True)
        found[name] = (LETTERS[got], LETTERS[posted])
    return found


def test_every_address_is_in_the_table():
    assert addresses.names() == sorted(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says_and_nothing_else(role):
    number = list(ROLES).index(role)
    expected = {name: tuple(word[number] for word in row.split()) for name, row in TABLE.items()}

    found = codes(role, addresses.world())

    assert {name: pair for name, pair in found.items() if pair != expected[name]} == {}


@pytest.mark.parametrize("role", ROLES)
def test_how_to_join_and_addresses_are_seen_by_those_who_may_only(role):
    world = addresses.world()
    reader = ROLES[role](world)
    client = people.reader(reader)
    public = [name for name in addresses.names() if not name.startswith(("admin:", "account_"))]
    theirs = {b"ada@members.example", b"hana@hosts.example"} - {reader.email.encode() if reader else b""}

    pages = {name: client.get(addresses.path(name, world)).content for name in public}

    may = role in ("registered and booked", "host", "support", "event admin", "admin")
    assert [name for name, page in pages.items() if b"S3CRET" in page] == ["events:session"] * may
    assert [name for name, page in pages.items() if any(address in page for address in theirs)] == []
