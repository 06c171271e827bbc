"""What Django's log of the admin had known when the trail began."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from audit.models import Entry
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
migration = import_module("audit.migrations.0003_what_the_admin_had_logged")


def logged(thing, words, by, flag=CHANGE, object_id=None):
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=object_id or str(thing.pk),
        object_repr=str(thing),
        action_flag=flag,
        change_message=words,
        action_time=NOW,
    )


def copy():
    with connection.schema_editor() as editor:
        migration.copy(apps, editor)


def test_it_is_in_the_trail_with_who_and_when_and_without_what_was_written():
    sam, ada, theme = make.member("Sam"), make.member("Ada"), make.theme(make.event())
    logged(ada, "Waiting for approval → Member. Known to Bo.", sam)
    logged(theme, '[{"added": {}}]', sam, ADDITION)
    logged(theme, "Lost", sam, object_id="no number")

    copy()
    copy()

    rows = Entry.objects.order_by("pk").values_list(
        "act", "actor_id", "thing", "thing_id", "member_id", "at", "facts"
    )
    assert list(rows) == [
        ("member.approved", sam.pk, "members.member", ada.pk, ada.pk, NOW, {}),
        ("added", sam.pk, "events.theme", theme.pk, None, NOW, {}),
    ]
