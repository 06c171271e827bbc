"""Needs keep that they were asked late, and go with who told them, whichever release deletes that."""

import django.contrib.postgres.operations
from django.db import migrations, models

#: The code of the release before deletes what was told, and knows no cases.
CASCADE = """
    DO $$ DECLARE old text; BEGIN
        SELECT conname INTO old FROM pg_constraint
        WHERE conrelid = 'events_accessneed'::regclass AND confrelid = 'events_accessneeds'::regclass;
        EXECUTE format('ALTER TABLE events_accessneed DROP CONSTRAINT %I', old);
    END $$;
    ALTER TABLE events_accessneed ADD CONSTRAINT events_accessneed_told_id_fk FOREIGN KEY (told_id)
        REFERENCES events_accessneeds (registration_id) ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED NOT VALID;
"""


class Migration(migrations.Migration):
    """Without waiting for what others write."""

    dependencies = [("events", "0016_events_are_called_off_with_a_reason")]
    operations = [
        migrations.AddField(
            model_name="accessneed",
            name="was_asked_late",
            field=models.BooleanField(db_default=False, default=False, verbose_name="asked late"),
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(ask_needs_by__lte=models.F("first_day")),
                name="needs_are_asked_for_before_the_event",
                violation_error_message="The day to ask for captioners is after the first day.",
            ),
        ),
        migrations.RunSQL(CASCADE, migrations.RunSQL.noop),
    ]
