"""Migrations that people would wait for are refused; those that nobody notices are not."""

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from qevent import migration_locks

pytestmark = pytest.mark.slow
INDEX = models.Index(fields=["payload"], name="message_payload")


def said(*operations: Operation, is_atomic: bool = True) -> str:
    """What is said of a migration that does this to messages as they are."""
    own = {"operations": list(operations), "atomic": is_atomic}
    made = type("Migration", (migrations.Migration,), own)("0999_made_for_a_test", "notifications")
    return "\n".join(migration_locks.problems(made, MigrationLoader(None).project_state()))


@pytest.mark.parametrize(
    ("operation", "rule"),
    [
        (migrations.AddIndex("message", INDEX), "require-concurrent-index-creation"),
        (migrations.AddField("message", "room", models.TextField(default="")), "adding-required-field"),
        (migrations.RemoveField("message", "bulk"), "ban-drop-column"),
        (migrations.RenameField("message", "bulk", "to_many"), "renaming-column"),
        (migrations.AlterField("message", "attempts", models.BigIntegerField()), "changing-column-type"),
        (migrations.RunSQL("ALTER TABLE notifications_message ALTER subject SET NOT NULL"), "not-null"),
    ],
)
def test_what_locks_a_table_or_breaks_the_code_of_before_is_refused(operation, rule):
    assert rule in said(operation)


@pytest.mark.parametrize(
    ("operation", "is_atomic"),
    [
        (AddIndexConcurrently("message", INDEX), False),
        (migrations.AddField("message", "room", models.TextField(null=True)), True),
        (migrations.AddField("message", "room", models.TextField(default="", db_default="")), True),
        (migrations.CreateModel("Room", [("id", models.BigAutoField(primary_key=True))]), True),
        (migrations.RunPython(migrations.RunPython.noop), True),
    ],
)
def test_what_nobody_waits_for_passes(operation, is_atomic):
    assert said(operation, is_atomic=is_atomic) == ""


def test_what_is_no_transaction_does_one_thing_as_it_could_not_be_run_again_else():
    room = migrations.AddField("message", "room", models.TextField(null=True))
    index = AddIndexConcurrently("message", INDEX)

    assert "cannot be run again" in said(room, index, is_atomic=False)
    assert "cannot be run again" not in said(room, is_atomic=False)


def test_what_is_allowed_by_name_passes(monkeypatch):
    allowed = {"notifications.0999_made_for_a_test": {"ban-drop-column": "nothing reads it any more"}}
    monkeypatch.setattr(migration_locks, "ALLOWED", allowed)

    assert said(migrations.RemoveField("message", "bulk")) == ""


def test_every_app_of_ours_is_asked_from_the_first_after_those_that_were_there():
    loader = MigrationLoader(None)

    left_out = {app for app, _ in loader.graph.nodes} - {app for app, _ in migration_locks.asked(loader)}
    was_there = {(app, name) for app, name in migration_locks.BEFORE.items()}

    assert was_there <= set(loader.graph.nodes)
    assert not was_there & set(migration_locks.asked(loader))
    assert left_out >= {"auth", "account", "sessions"}
