"""A site that has another name never says the old one: on no page, in no feed, file or email."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from members.models import SiteSettings
from tests import letters, make
from tests.contracts import addresses, people
from tests.contracts.emails import causes
from tests.contracts.roles.table import AFTER_LOGGING_OUT, ROLES, TABLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("site_address", "quiet_site")]

#: What a site is called until somebody names it; no word of it stands alone anywhere.
OLD = re.compile(r"\bQ\b")
NEW = {
    "name": "Harbour network",
    "team_name": "the harbour crew",
    "account_word": "profile",
    "contact_email": "crew@harbour.example",
}
#: Shows each component with words of its own.
LEFT_OUT = ("styleguide",)


@pytest.fixture(autouse=True)
def _renamed() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        SiteSettings.objects.update_or_create(pk=1, defaults=NEW)
        yield


def said(text):
    """Where the old name stands, with the words around it."""
    return [text[max(0, one.start() - 30) : one.end() + 30] for one in OLD.finditer(text)]


def test_the_old_name_is_what_a_site_begins_with():
    fresh = SiteSettings()

    assert [bool(OLD.search(words)) for words in (fresh.name, fresh.team_name)] == [True, True]


@pytest.mark.parametrize("role", ["visitor", "waiting for approval", "registered and booked", "admin"])
def test_no_address_says_the_old_name(role):
    world = addresses.world()
    member = ROLES[role](world)
    client = people.reader(member)
    found, names = {}, 0
    for name in TABLE:
        if name in LEFT_OUT:
            continue
        client = people.reader(member) if name in AFTER_LOGGING_OUT else client
        with transaction.atomic():
            answer = client.get(addresses.path(name, world))
            body = answer.getvalue()
            transaction.set_rollback(True)
        text = body.decode(errors="replace")
        found[name] = said(text)
        names += "Harbour network" in text

    assert {name: words for name, words in found.items() if words} == {}
    assert names > 30


@pytest.mark.parametrize("name", causes.CAUSES)
def test_no_email_says_the_old_name(name):
    emails = causes.emails(name, causes.Names())

    for email in emails:
        files = [str(calendar.to_ical().decode()) for calendar in letters.calendars(email)]
        whole = [email.subject, email.from_email, *email.reply_to, email.body, letters.html_of(email), *files]
        assert said("\n".join(whole)) == []
        assert "Harbour network" in email.body
    assert emails
