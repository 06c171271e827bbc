"""Every form of the site is found, is taken as it is meant, and is taken from this site only.

Forms are found on the pages (``scenes``); an address that takes what is posted, and has no form that was
found, fails the first test.
"""

import pytest
import time_machine
from django.db import transaction

from tests import make
from tests.contracts import attack, hostile
from tests.contracts.granted import letters
from tests.contracts.roles import TABLE
from tests.contracts.scenes import SCENES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

#: Addresses of Django's admin that answer whatever method with their page, and of ours that are no form's.
WITHOUT_A_FORM = {
    "account_confirm_email",  # is a link only where codes are off
    "account_email_verification_sent",  # a page that nobody is led to: codes come first
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
#: Taking nothing out of a comment.
REFUSED = ("redact",)


@pytest.fixture(autouse=True)
def _quietly(quiet_site):
    with time_machine.travel(make.NOW, tick=False):
        yield


def test_every_address_that_takes_what_is_posted_has_a_form_that_was_found():
    posted = {name for name in TABLE if set(letters(name)[1].values()) - set("mfn")}
    found = set()
    for make_scene in SCENES.values():
        before = transaction.savepoint()
        found |= {form.address for form in make_scene().forms() if form.method == "POST"}
        transaction.savepoint_rollback(before)

    missing = {name for name in posted - found if not name.endswith("_history")}

    assert missing - WITHOUT_A_FORM == set()
    assert found >= {"events:register", "members:profile", "workshops:swap", "admin:events_session_change"}


@pytest.mark.parametrize("name", SCENES)
def test_a_form_is_taken_as_it_is_meant_and_from_this_site_only(name):
    scene = SCENES[name]()
    forms = [form for form in scene.forms() if form.has_button]
    refused = []
    for form in forms:
        answer = hostile.send(scene, form, hostile.filled_in(form, scene))
        is_asking = form.method == "POST" and "error" not in answer.text
        if answer.status != 302 and not (answer.status == 200 and (is_asking or form.method == "GET")):
            refused.append(
                f"{form}: {answer.status}, {answer.page(form).wrong or answer.page(form).errors_beside}"
            )

    strange = [told for form in forms if form.method == "POST" for told in attack.without_token(scene, form)]

    assert [told for told in refused if not any(f"/{one}/" in told for one in REFUSED)] == []
    assert strange == []
    assert forms
