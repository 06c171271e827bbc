"""A day of the event until which hosts change the words of their sessions."""

import django.contrib.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    """Without waiting for what others write."""

    dependencies = [("events", "0018_what_was_not_checked_is")]
    operations = [
        migrations.AddField(
            model_name="event",
            name="host_words_until",
            field=models.DateField(
                blank=True,
                help_text="The end of that day. Blank: seven days before the first day. You see each change first.",
                null=True,
                verbose_name="hosts change the words of their sessions until",
            ),
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(host_words_until__lte=models.F("last_day")),
                name="hosts_change_words_before_the_event_is_over",
                violation_error_message="The day until which hosts change words is after the last day.",
            ),
        ),
    ]
