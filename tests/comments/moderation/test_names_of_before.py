"""Decisions that were written when an edit that waits and an appeal had other names."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from comments.models import Comment, Decision
from comments.moderation import decisions
from comments.writing import guests
from tests import make
from tests.comments.conversation import GWEN, moderator, says
from tests.make import NOW

pytestmark = pytest.mark.django_db
migration = import_module("comments.migrations.0005_decisions_by_the_names_of_today")


def as_it_was_written(decision: Decision) -> dict[str, object]:
    """Give a decision the row that version 0.2 wrote, and return it."""
    before = {
        "body": "Now",
        "status": "published",
        "version": 0,
        "held_for": "",
        "edited_at": None,
        "is_redacted": False,
        "published_at": "2026-12-01T09:00:00+00:00",
        "waiting_body": "Later",
        "look_again_at": "2026-12-01T09:30:00+00:00",
        "look_again_words": "Please.",
        "status_changed_at": "2026-12-01T09:00:00+00:00",
    }
    Decision.objects.filter(pk=decision.pk).update(before=before)
    decision.refresh_from_db()
    return before


@pytest.fixture
def rejected() -> Decision:
    comment = says(make.post(), GWEN)
    return decisions.reject(comment, by=moderator("Mo"), at=NOW, seen=0, reason="other", words="No.")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_migration_renames_them_and_brings_them_back(rejected):
    old = as_it_was_written(rejected)

    for names in migration.NAMES.items():
        run(migration.renamed(*names))
    rejected.refresh_from_db()
    today = dict(rejected.before)
    for before, now in migration.NAMES.items():
        run(migration.renamed(now, before))
    rejected.refresh_from_db()

    words = {"pending_body": "Later", "appealed_at": "2026-12-01T09:30:00+00:00", "appeal_text": "Please."}
    assert today == {name: value for name, value in old.items() if name not in migration.NAMES} | words
    assert rejected.before == old


def test_one_that_the_old_code_writes_beside_the_new_is_undone_all_the_same(rejected):
    as_it_was_written(rejected)

    decisions.undo(rejected, by=rejected.by, at=NOW + timedelta(minutes=1))

    comment = Comment.objects.get()
    assert (comment.pending_body, comment.appeal_text, comment.status) == ("Later", "Please.", "published")


def test_words_that_were_taken_out_are_forgotten_by_either_name():
    comment = says(make.post(), GWEN, "Call Bo on 01234")
    redacted = decisions.redact(comment, "Call Bo", by=moderator("Mo"), at=NOW, seen=0)
    as_it_was_written(redacted)

    guests.forget(at=NOW + guests.REDACTED_RETENTION)

    redacted.refresh_from_db()
    assert "Later" not in str(redacted.before)
