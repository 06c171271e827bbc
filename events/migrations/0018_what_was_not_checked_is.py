"""What 0017 has added is asked of the rows that there are, without keeping others from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart, so that no lock is held meanwhile."""

    dependencies = [("events", "0017_needs_know_that_they_were_asked_late")]
    operations = [
        ValidateConstraint("event", "needs_are_asked_for_before_the_event"),
        migrations.RunSQL(
            "ALTER TABLE events_accessneed VALIDATE CONSTRAINT events_accessneed_told_id_fk",
            migrations.RunSQL.noop,
        ),
    ]
