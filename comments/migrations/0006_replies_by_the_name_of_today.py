"""What a reply replies to has the field's word: in the name only, the column stays for the code of before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_decisions_by_the_names_of_today")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("comment", "an_answer_stands_in_a_thread"),
                migrations.RenameField("comment", "answers", "reply_to"),
                migrations.AlterField(
                    "comment",
                    "reply_to",
                    models.ForeignKey(
                        blank=True,
                        db_column="answers_id",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="direct_replies",
                        to="comments.comment",
                    ),
                ),
                migrations.AddConstraint(
                    "comment",
                    models.CheckConstraint(
                        condition=models.Q(("reply_to__isnull", True), ("thread__isnull", False), _connector="OR"),
                        name="an_answer_stands_in_a_thread",
                    ),
                ),
            ],
        ),
    ]
