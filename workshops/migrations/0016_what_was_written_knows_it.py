"""Messages that were written after what they are about had been called off, by the clock, are known to be."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0015_what_is_written_knows_what_was_called_off"),
        ("events", "0016_events_are_called_off_with_a_reason"),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE workshops_sessionwords AS told SET knows_off_at = off.at
            FROM events_callingoff AS off JOIN events_session AS session ON session.event_id = off.event_id
            WHERE session.id = told.session_id AND off.at <= told.at
            """,
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            """
            UPDATE workshops_sessionwords AS told SET knows_cancelled_at = cancelled.at
            FROM workshops_cancellation AS cancelled
            WHERE cancelled.session_id = told.session_id AND cancelled.at <= told.at
            """,
            migrations.RunSQL.noop,
        ),
    ]
