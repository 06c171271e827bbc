"""Every page asks the database the same whether there is one of everything or thirty.

A page that is not in the table fails; ``test_queries`` holds more of those that grow most.
"""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.contracts import addresses, people
from tests.contracts.pages import many
from tests.contracts.roles.granted import with_a_page_for
from tests.contracts.roles.table import ROLES

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("quiet_site")]

#: What answers a page to somebody registered, and how often it asks the database.
MEMBER = {
    "account_email": 8,
    "account_inactive": 4,
    "account_logout": 4,
    "account_password_reset_completed": 4,
    "account_reauthenticate": 4,
    "account_reset_password": 4,
    "blog:author": 9,
    "blog:author_by_name": 8,
    "blog:contact": 6,
    "blog:feed": 5,
    "blog:list": 9,
    "blog:post": 9,
    "blog:preview": 7,
    "blog:proposal": 6,
    "blog:propose": 5,
    "calendar:feed": 7,
    "calendar:file": 8,
    "calendar:page": 5,
    "comments:add": 5,
    "comments:confirm": 5,
    "comments:edit": 7,
    "comments:feed": 2,
    "comments:guest_edit": 5,
    "comments:guest_look_again": 5,
    "comments:guest_withdraw": 5,
    "comments:look_again": 9,
    "comments:mine": 6,
    "comments:reply": 7,
    "comments:report": 6,
    "comments:stop": 5,
    "comments:withdraw": 7,
    "contact": 4,
    "events:cancel_registration": 7,
    "events:event": 11,
    "events:list": 5,
    "events:programme": 11,
    "events:register": 7,
    "events:session": 18,
    "events:theme": 13,
    "health": 1,
    "home": 13,
    "members:cookies": 0,
    "members:membership": 5,
    "members:page": 5,
    "members:policy": 5,
    "members:profile": 7,
    "robots": 0,
    "search": 4,
    "search_json": 0,
    "security": 1,
    "sitemap": 12,
    "workshops:agenda": 9,
    "workshops:agenda_now": 7,
    "workshops:cancel": 8,
}
#: What answers a page to nobody but a visitor.
VISITOR = {
    "account_login": 1,
    "account_request_login_code": 1,
    "account_signup": 1,
}
#: The admin's own.
ADMIN = {
    "admin:app_list": 3,
    "admin:auth_group_add": 3,
    "admin:auth_group_change": 6,
    "admin:auth_group_changelist": 8,
    "admin:auth_group_delete": 8,
    "admin:auth_group_history": 9,
    "admin:blog_post_change": 7,
    "admin:blog_post_changelist": 7,
    "admin:blog_post_history": 9,
    "admin:comments_comment_change": 6,
    "admin:comments_comment_changelist": 5,
    "admin:comments_comment_history": 7,
    "admin:comments_decision_change": 8,
    "admin:comments_decision_changelist": 5,
    "admin:comments_decision_history": 7,
    "admin:comments_report_change": 8,
    "admin:comments_report_changelist": 5,
    "admin:comments_report_history": 7,
    "admin:events_contributor_add": 3,
    "admin:events_contributor_change": 4,
    "admin:events_contributor_changelist": 5,
    "admin:events_contributor_delete": 6,
    "admin:events_contributor_history": 7,
    "admin:events_event_add": 6,
    "admin:events_event_change": 9,
    "admin:events_event_changelist": 5,
    "admin:events_event_history": 7,
    "admin:events_registration_add": 6,
    "admin:events_registration_change": 7,
    "admin:events_registration_changelist": 7,
    "admin:events_registration_history": 7,
    "admin:events_session_add": 9,
    "admin:events_session_change": 13,
    "admin:events_session_changelist": 8,
    "admin:events_session_delete": 12,
    "admin:events_session_history": 7,
    "admin:events_session_export": 7,
    "admin:events_session_import": 7,
    "admin:events_session_import_confirm": 12,
    "admin:events_theme_add": 4,
    "admin:events_theme_change": 6,
    "admin:events_theme_changelist": 8,
    "admin:events_theme_delete": 6,
    "admin:events_theme_history": 7,
    "admin:index": 14,
    "admin:jsi18n": 2,
    "admin:members_listedaddress_add": 3,
    "admin:members_listedaddress_change": 4,
    "admin:members_listedaddress_changelist": 5,
    "admin:members_listedaddress_confirm": 7,
    "admin:members_listedaddress_delete": 4,
    "admin:members_listedaddress_history": 7,
    "admin:members_listedaddress_import": 3,
    "admin:members_member_add": 3,
    "admin:members_member_address": 4,
    "admin:members_member_change": 8,
    "admin:members_member_changelist": 5,
    "admin:members_member_history": 7,
    "admin:members_member_password": 4,
    "admin:members_page_add": 3,
    "admin:members_page_change": 4,
    "admin:members_page_changelist": 5,
    "admin:members_page_delete": 4,
    "admin:members_page_history": 7,
    "admin:members_policy_change": 4,
    "admin:members_policy_changelist": 5,
    "admin:members_policy_history": 7,
    "admin:members_sitesettings_change": 4,
    "admin:members_sitesettings_history": 7,
    "admin:notifications_message_change": 9,
    "admin:notifications_message_changelist": 5,
    "admin:notifications_message_history": 7,
    "admin:notifications_message_preview": 5,
    "admin:workshops_booking_add": 6,
    "admin:workshops_booking_change": 10,
    "admin:workshops_booking_changelist": 7,
    "admin:workshops_booking_history": 10,
}
#: The team's, to a moderator.
MODERATOR = {
    "team:comment": 19,
    "team:comment_redact": 14,
    "team:comment_reject": 14,
    "team:comment_reply": 14,
    "team:index": 7,
    "team:moderation": 17,
}
#: The team's, to a blog editor.
EDITOR = {
    "team:index": 7,
    "team:post_compare": 10,
    "team:post_edit": 21,
    "team:post_new": 6,
    "team:post_picture": 8,
    "team:post_picture_new": 7,
    "team:post_picture_remove": 8,
    "team:post_publish": 10,
    "team:post_revisions": 8,
    "team:post_video": 8,
    "team:post_video_new": 7,
    "team:post_video_remove": 8,
    "team:post_withdraw": 7,
    "team:posts": 9,
}
#: What each row costs besides: Django names each record that goes with a session that is deleted (bookings
#: refuse it).
EACH_ROW = {"admin:events_session_delete": 2}


def pages(role):
    """The names of what answers a page to this reader."""
    return set(with_a_page_for(role))


def asked(number, role, names):
    """How often each page asks, in a world with so many of everything, once what may be cached is cached."""
    with time_machine.travel(make.NOW, tick=False):
        world = many.world(number)
        client = people.reader(ROLES[role](world))
        found = {}
        for name in sorted(names):
            path = addresses.path(name, world)
            with people.as_she_is(client):
                client.get(path)
                with CaptureQueriesContext(connection) as queries:
                    answer = client.get(path)
            found[name] = len(queries) if answer.status_code == 200 else answer.status_code
        return found


def assert_as_written(table, found, written):
    new = {name: queries for name, queries in found.items() if name not in written}
    assert not new, f"Write into {table} of tests/contracts/pages/test_queries_of_pages.py: {new}"
    assert found == written


@pytest.fixture
def asked_for(only):
    """Of names of pages, or a table with them as its keys: those that are asked for."""

    def chosen(names):
        if only is None:
            return names
        kept = set(names) & {only}
        return {name: names[name] for name in kept} if isinstance(names, dict) else kept

    return chosen


@pytest.mark.parametrize("number", [1, 30])
def test_a_members_page_asks_the_same_of_one_and_of_thirty(number, asked_for):
    names = {name for name in pages("registered and booked") if not name.startswith("admin:")}

    assert_as_written("MEMBER", asked(number, "registered and booked", asked_for(names)), asked_for(MEMBER))


@pytest.mark.parametrize("number", [1, 30])
def test_a_visitors_page_asks_the_same_of_one_and_of_thirty(number, asked_for):
    names = pages("visitor") - pages("registered and booked")

    assert_as_written("VISITOR", asked(number, "visitor", asked_for(names)), asked_for(VISITOR))


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_of_the_admin_asks_the_same_of_one_and_of_thirty(number, asked_for):
    names = {name for name in pages("admin") if name.startswith("admin:")}

    written = {
        name: queries + EACH_ROW.get(name, 0) * (number - 1) for name, queries in asked_for(ADMIN).items()
    }
    assert_as_written("ADMIN", asked(number, "admin", asked_for(names)), written)


@pytest.mark.parametrize("number", [1, 30])
def test_a_moderators_page_asks_the_same_of_one_and_of_thirty(number, asked_for):
    names = {name for name in pages("moderator") if name.startswith("team:")}

    assert_as_written("MODERATOR", asked(number, "moderator", asked_for(names)), asked_for(MODERATOR))


@pytest.mark.parametrize("number", [1, 30])
def test_an_editors_page_asks_the_same_of_one_and_of_thirty(number, asked_for):
    names = {name for name in pages("blog editor") if name.startswith("team:")}

    assert_as_written("EDITOR", asked(number, "blog editor", asked_for(names)), asked_for(EDITOR))
