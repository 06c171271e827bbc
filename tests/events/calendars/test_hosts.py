"""The right half of the UIDs in people's calendars: as it was sent, and frozen from then on."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from events.models import CalendarEntry
from members.models import SiteSettings
from notifications.models import Message
from tests import make
from tests.make import NOW

migration = import_module("events.migrations.0006_hosts_of_calendar_entries_as_they_were_sent")


def entry(event, number, sent_at):
    """An entry that was sent before there was a column for the host."""
    return CalendarEntry.objects.create(
        name=f"session-{number}",
        event=event,
        member=make.member(),
        sequence=0,
        sent={},
        sent_at=sent_at,
        uid_host="",
    )


def sent(message_id, sent_at):
    """A message that went out at that moment."""
    return Message.objects.create(
        kind="agenda",
        email="ada@example.org",
        key=message_id,
        created_at=sent_at,
        send_after=sent_at,
        state=Message.State.SENT,
        sent_at=sent_at,
        message_id=message_id,
    )


@pytest.mark.django_db
def test_entries_get_the_host_of_the_message_that_brought_them(settings):
    settings.SITE_URL = "https://today.example.org"
    event = make.event()
    sent("<1@yesterday.example.org>", NOW)
    sent("<2@older.example.org>", NOW - timedelta(days=1))
    entry(event, 1, NOW)
    entry(event, 2, NOW - timedelta(days=1))
    entry(event, 3, NOW - timedelta(days=2))

    with connection.schema_editor() as editor:
        migration.name_hosts(apps, editor)

    assert dict(CalendarEntry.objects.values_list("name", "uid_host")) == {
        "session-1": "yesterday.example.org",
        "session-2": "older.example.org",
        "session-3": "today.example.org",
    }


@pytest.mark.slow
@pytest.mark.django_db
def test_the_host_is_frozen_with_the_first_migrate_and_outlives_a_new_address(settings):
    SiteSettings.objects.update(first_host="")
    settings.SITE_URL = "https://first.example.org"
    call_command("migrate", verbosity=0)
    settings.SITE_URL = "https://second.example.org"
    call_command("migrate", verbosity=0)

    assert SiteSettings.load().uid_host == "first.example.org"
