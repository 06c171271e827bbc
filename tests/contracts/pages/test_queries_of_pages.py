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
    "account_address_back": 3,
    "account_email": 7,
    "account_factor": 6,
    "account_inactive": 3,
    "account_log_ins": 4,
    "account_logout": 3,
    "account_password_reset_completed": 3,
    "account_reauthenticate": 3,
    "account_reset_password": 3,
    "account_turn": 1,
    "blog:author": 7,
    "blog:author_by_name": 6,
    "blog:contact": 5,
    "blog:feed": 6,
    "blog:list": 7,
    "blog:post": 8,
    "blog:preview": 6,
    "blog:proposal": 5,
    "blog:propose": 4,
    "calendar:feed": 7,
    "calendar:file": 7,
    "calendar:page": 4,
    "comments:add": 4,
    "comments:confirm": 4,
    "comments:edit": 6,
    "comments:feed": 2,
    "comments:guest_edit": 4,
    "comments:guest_look_again": 4,
    "comments:guest_withdraw": 4,
    "comments:look_again": 8,
    "comments:mine": 5,
    "comments:reply": 6,
    "comments:report": 5,
    "comments:stop": 4,
    "comments:withdraw": 6,
    "concerns:answer": 5,
    "concerns:report": 7,
    "contact": 3,
    "events:cancel_registration": 6,
    "events:event": 8,
    "events:list": 4,
    "events:programme": 7,
    "events:register": 7,
    "events:session": 18,
    "events:check": 4,
    "events:theme": 11,
    "health": 1,
    "hosting:enter": 4,
    "hosting:file": 7,
    "home": 7,
    "live:now": 7,
    "live:version": 2,
    "members:cookies": 0,
    "members:membership": 4,
    "members:page": 4,
    "members:policy": 4,
    "members:erase": 5,
    "members:emails": 5,
    "members:emails_stop": 6,
    "members:my_data": 6,
    "members:profile": 8,
    "recordings:list": 11,
    "recordings:recording": 10,
    "recordings:take_away": 6,
    "robots": 0,
    "search": 3,
    "search_json": 0,
    "security": 1,
    "sitemap": 14,
    "learning:event_feedback": 9,
    "learning:session_feedback": 9,
    "learning:one_thing": 6,
    "learning:record": 9,
    "workshops:agenda": 10,
    "workshops:agenda_now": 6,
    "workshops:agenda_parts": 5,
    "workshops:cancel": 5,
    "workshops:give_up": 4,
    "workshops:places_now": 2,
}
#: What answers a page to nobody but a visitor.
VISITOR = {
    "account_login": 1,
    "account_request_login_code": 1,
    "account_signup": 1,
}
#: The admin's own.
ADMIN = {
    "admin:app_list": 2,
    "admin:auth_group_add": 2,
    "admin:auth_group_change": 5,
    "admin:auth_group_changelist": 7,
    "admin:auth_group_delete": 7,
    "admin:auth_group_history": 8,
    "admin:blog_post_change": 6,
    "admin:blog_post_changelist": 6,
    "admin:blog_post_history": 8,
    "admin:comments_comment_change": 5,
    "admin:comments_comment_changelist": 4,
    "admin:comments_comment_history": 6,
    "admin:comments_decision_change": 7,
    "admin:comments_decision_changelist": 4,
    "admin:comments_decision_history": 6,
    "admin:comments_report_change": 7,
    "admin:comments_report_changelist": 4,
    "admin:comments_report_history": 6,
    "admin:events_contributor_add": 2,
    "admin:events_contributor_change": 3,
    "admin:events_contributor_changelist": 4,
    "admin:events_contributor_delete": 12,
    "admin:events_contributor_history": 6,
    "admin:events_event_add": 5,
    "admin:events_event_change": 8,
    "admin:events_event_changelist": 4,
    "admin:events_event_history": 6,
    "admin:events_registration_add": 5,
    "admin:events_registration_change": 6,
    "admin:events_registration_changelist": 5,
    "admin:events_registration_history": 6,
    "admin:events_session_add": 8,
    "admin:events_session_change": 14,
    "admin:events_session_changelist": 7,
    "admin:events_session_delete": 30,
    "admin:events_session_history": 6,
    "admin:events_session_export": 6,
    "admin:events_session_import": 6,
    "admin:events_session_import_confirm": 11,
    "admin:events_theme_add": 3,
    "admin:events_theme_change": 5,
    "admin:events_theme_changelist": 7,
    "admin:events_theme_delete": 6,
    "admin:events_theme_history": 6,
    "admin:index": 9,
    "admin:jsi18n": 1,
    "admin:members_listedaddress_add": 2,
    "admin:members_listedaddress_change": 3,
    "admin:members_listedaddress_changelist": 4,
    "admin:members_listedaddress_confirm": 6,
    "admin:members_listedaddress_delete": 3,
    "admin:members_listedaddress_history": 6,
    "admin:members_listedaddress_import": 2,
    "admin:members_member_add": 2,
    "admin:members_member_address": 3,
    "admin:members_member_change": 8,
    "admin:members_member_changelist": 4,
    "admin:members_member_erase": 5,
    "admin:members_member_history": 6,
    "admin:members_member_password": 3,
    "admin:members_member_second_step": 7,
    "admin:members_page_add": 2,
    "admin:members_page_change": 3,
    "admin:members_page_changelist": 4,
    "admin:members_page_delete": 3,
    "admin:members_page_history": 6,
    "admin:members_policy_change": 3,
    "admin:members_policy_changelist": 4,
    "admin:members_policy_history": 6,
    "admin:members_sitesettings_change": 3,
    "admin:members_sitesettings_history": 6,
    "admin:notifications_message_change": 8,
    "admin:notifications_message_changelist": 4,
    "admin:notifications_message_history": 6,
    "admin:notifications_message_maybe_sent": 3,
    "admin:notifications_message_preview": 4,
    "admin:workshops_booking_add": 5,
    "admin:workshops_booking_change": 9,
    "admin:workshops_booking_changelist": 6,
    "admin:workshops_booking_history": 9,
}
#: The team's, to a moderator.
MODERATOR = {
    "team:comment": 18,
    "team:comment_redact": 13,
    "team:comment_reject": 13,
    "team:comment_reply": 13,
    "team:concerns": 4,
    "team:index": 9,
    "team:moderation": 16,
}
#: The team's, to a blog editor.
EDITOR = {
    "team:concerns": 4,
    "team:index": 9,
    "team:post_compare": 9,
    "team:post_edit": 21,
    "team:post_new": 5,
    "team:post_audio": 7,
    "team:post_audio_new": 6,
    "team:post_audio_remove": 7,
    "team:post_picture": 7,
    "team:post_picture_new": 6,
    "team:post_picture_remove": 7,
    "team:post_publish": 9,
    "team:post_revisions": 7,
    "team:post_video": 7,
    "team:post_video_new": 6,
    "team:post_video_remove": 7,
    "team:post_withdraw": 6,
    "team:posts": 8,
}
#: The team's, to who helps people.
SUPPORT = {
    "team:approvals": 8,
    "team:concerns": 4,
    "team:index": 21,
    "team:host_needs": 8,
    "team:needs": 10,
    "team:needs_numbers": 7,
    "team:people": 5,
    "team:person": 21,
    "team:person_address": 9,
    "team:person_cancel": 10,
    "team:person_deregister": 9,
    "team:person_end": 6,
    "team:person_letter": 10,
    "team:person_merge": 7,
    "team:person_merge_with": 34,
    "team:person_needs": 8,
    "team:person_new": 7,
    "team:person_register": 8,
    "team:person_sessions": 10,
    "team:person_turn_down": 6,
}
#: How the names of those begin that are an event admin's alone, or read as one.
OF_EVENTS = ("team:announcement", "team:event", "team:recording", "team:session")
#: The team's, to an event admin.
EVENT_ADMIN = {
    "team:announcement": 13,
    "team:announcement_edit": 9,
    "team:announcement_html": 6,
    "team:announcement_new": 8,
    "team:announcements": 8,
    "team:event": 13,
    "team:event_call_off": 14,
    "team:event_concern_readers": 12,
    "team:event_copy": 7,
    "team:event_day": 15,
    "team:event_day_letters": 7,
    "team:event_day_notice": 7,
    "team:event_day_sheet": 11,
    "team:event_day_sheet_file": 9,
    "team:event_door": 7,
    "team:event_move": 6,
    "team:event_publish": 13,
    "team:events": 6,
    "team:recording": 12,
    "team:recording_add": 7,
    "team:recording_upload": 7,
    "team:recordings": 8,
    "team:session": 24,
    "team:session_take_away": 8,
    "team:session_take_away_write": 8,
    "team:session_attendance": 8,
    "team:session_attendance_file": 5,
    "team:event_feedback": 8,
    "team:event_feedback_questions": 7,
    "team:event_report": 30,
    "team:event_report_file": 28,
    "team:session_came": 9,
    "team:session_report": 7,
    "team:session_cancel": 11,
    "team:session_change": 8,
    "team:session_late": 8,
    "team:session_letter": 12,
    "team:session_link": 9,
    "team:session_message": 10,
    "team:session_move_up": 8,
    "team:session_needs": 8,
}
#: The hosts' own, to a host.
HOST = {
    "hosting:came": 17,
    "hosting:feedback": 11,
    "hosting:deputy": 11,
    "hosting:files": 12,
    "hosting:links": 11,
    "hosting:message": 12,
    "hosting:overview": 9,
    "hosting:own_needs": 11,
    "hosting:recording": 12,
    "hosting:session": 17,
    "hosting:withdraw": 10,
    "hosting:take_away": 11,
    "hosting:words": 11,
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


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_of_support_asks_the_same_of_one_and_of_thirty(number, asked_for):
    names = {name for name in pages("support") if name.startswith("team:")} - set(EVENT_ADMIN)

    assert_as_written("SUPPORT", asked(number, "support", asked_for(names)), asked_for(SUPPORT))


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_of_an_event_asks_the_same_of_one_and_of_thirty(number, asked_for):
    names = {name for name in pages("event admin") if name.startswith(OF_EVENTS)}

    assert_as_written("EVENT_ADMIN", asked(number, "event admin", asked_for(names)), asked_for(EVENT_ADMIN))


@pytest.mark.parametrize("number", [1, 30])
def test_a_hosts_page_asks_the_same_of_one_and_of_thirty(number, asked_for):
    names = {name for name in pages("host") if name.startswith("hosting:")} - set(MEMBER)

    assert_as_written("HOST", asked(number, "host", asked_for(names)), asked_for(HOST))
