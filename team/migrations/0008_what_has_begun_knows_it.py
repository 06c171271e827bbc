"""Announcements that began after their event had been called off, by the clock, are known to come after it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("team", "0007_what_begins_knows_what_called_its_event_off")]

    operations = [
        migrations.RunSQL(
            """
            UPDATE team_announcement AS told SET knows_off_at = off.at
            FROM events_callingoff AS off WHERE off.event_id = told.event_id AND off.at <= told.started_at
            """,
            migrations.RunSQL.noop,
        )
    ]
