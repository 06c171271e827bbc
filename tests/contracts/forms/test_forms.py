"""Whatever takes what is posted has a form somewhere. What holds for forms: test_every_form.py."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from tests import make
from tests.contracts.forms import posted
from tests.contracts.roles.granted import letters
from tests.contracts.roles.table import TABLE
from tests.contracts.scenes.catalogue import SCENES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

#: Addresses of Django's admin that answer whatever method with their page, and of ours that are no form's.
WITHOUT_A_FORM = {
    "account_confirm_email",  # is a link only where codes are off
    "account_email_verification_sent",  # a page that nobody is led to: codes come first
    "team:announcement_paste",  # a script asks for it
    "account_factor_options",  # a script asks for them
    "admin:app_list",
    "admin:autocomplete",
    *(f"admin:{name}_{act}" for name in ("blog_post", "comments_comment") for act in ("add", "delete")),
    *(
        f"admin:{name}_{act}"
        for name in ("comments_decision", "comments_report")
        for act in ("add", "delete")
    ),
    "admin:events_registration_delete",  # what rules own is cancelled
    "admin:events_session_export",  # is only read
    "admin:index",
    "admin:jsi18n",
    "admin:login",  # leads to the site's own
    "admin:logout",  # the site's own is on every page of the admin
    "admin:members_member_delete",
    "admin:members_policy_add",
    "admin:members_policy_delete",
    "admin:members_sitesettings_add",
    "admin:members_sitesettings_changelist",
    "admin:members_sitesettings_delete",
    "admin:notifications_message_add",
    "admin:notifications_message_delete",
    "admin:password_change",  # leads to the account's own page
    "admin:password_change_done",
    "admin:view_on_site",
    "admin:workshops_booking_delete",
    "team:post_keep",  # is asked by the editor's script while somebody types
    "team:post_paste",  # is asked by the editor's script for what another program has put on the clipboard
}


@pytest.fixture(autouse=True)
def _quietly(quiet_site) -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def test_every_address_that_takes_what_is_posted_has_a_form_that_was_found():
    taken = {name for name in TABLE if set(letters(name)[1].values()) - set("mfn")}
    found = set()
    for name in SCENES:
        before = transaction.savepoint()
        found |= {*posted.to(name)}
        transaction.savepoint_rollback(before)

    missing = {name for name in taken - found if not name.endswith("_history")}

    assert missing - WITHOUT_A_FORM == set()
    assert found >= {"events:register", "members:profile", "workshops:swap", "admin:events_session_change"}
