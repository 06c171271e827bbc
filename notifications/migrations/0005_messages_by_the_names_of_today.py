"""What a message carries is its payload, and one sent once more a resend: in names only, the columns stay."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_letters_as_they_were_sent")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("message", "about", "payload"),
                migrations.AlterField(
                    "message",
                    "payload",
                    models.JSONField("about", blank=True, db_column="about", default=dict),
                ),
                migrations.RenameField("message", "again_of", "resend_of"),
                migrations.AlterField(
                    "message",
                    "resend_of",
                    models.ForeignKey(
                        blank=True,
                        db_column="again_of_id",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_again",
                        to="notifications.message",
                    ),
                ),
            ],
        ),
    ]
