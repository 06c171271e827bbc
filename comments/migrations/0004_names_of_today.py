"""Edits that wait are pending, and asking to look again is an appeal: in names only, the columns stay.

The code of before runs beside: it finds its columns, index and constraint as they are.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_comments_found_by_their_words")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex("comment", "comment_waiting_edit"),
                migrations.RemoveField("comment", "has_waiting_edit"),
                migrations.RenameField("comment", "waiting_body", "pending_body"),
                migrations.AlterField(
                    "comment",
                    "pending_body",
                    models.TextField("edit that waits", blank=True, db_column="waiting_body"),
                ),
                migrations.AddField(
                    "comment",
                    "has_pending_edit",
                    models.GeneratedField(
                        db_column="has_waiting_edit",
                        db_persist=True,
                        expression=Q(Q(("status", "published"), Q(("pending_body", ""), _negated=True))),
                        output_field=models.BooleanField(),
                    ),
                ),
                migrations.AddIndex(
                    "comment",
                    models.Index(
                        fields=["created_at"], condition=Q(has_pending_edit=True), name="comment_waiting_edit"
                    ),
                ),
                migrations.RenameField("comment", "look_again_at", "appealed_at"),
                migrations.AlterField(
                    "comment",
                    "appealed_at",
                    models.DateTimeField(
                        "asked to look again", blank=True, db_column="look_again_at", null=True
                    ),
                ),
                migrations.RenameField("comment", "look_again_words", "appeal_text"),
                migrations.AlterField(
                    "comment",
                    "appeal_text",
                    models.TextField("why", blank=True, db_column="look_again_words"),
                ),
                migrations.AlterField(
                    "comment",
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="direct_replies",
                        to="comments.comment",
                    ),
                ),
            ],
        ),
    ]
