"""A session with a time has no video and no transcript of its own any more: they are recordings."""

import django.contrib.postgres.operations
from django.db import migrations, models

import events.models.fields


class Migration(migrations.Migration):
    """Once they have been moved there."""

    dependencies = [
        ("events", "0024_who_listens_after_a_hard_session"),
        ("recordings", "0004_recordings_of_sessions_with_a_time"),
    ]
    operations = [
        migrations.AlterField(
            model_name="session",
            name="recording_url",
            field=events.models.fields.HttpsURLField(
                blank=True, max_length=500, verbose_name="link to the video"
            ),
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(starts_at=None) | models.Q(recording_url="", transcript=""),
                name="what_has_a_time_is_no_film",
                violation_error_message="A session with a time has no video or transcript in its record. "
                "Take both out here; add recordings on the team’s page of the session.",
            ),
        ),
    ]
