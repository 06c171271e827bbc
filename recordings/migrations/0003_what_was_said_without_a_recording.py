"""A recording may be only what is said: where nothing was recorded, or it was not kept."""

import django.contrib.postgres.operations
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [("recordings", "0002_none_of_what_is_not_recorded")]

    operations = [
        migrations.AlterField(
            model_name="recording",
            name="kind",
            field=models.CharField(
                choices=[("video", "Video"), ("audio", "Audio"), ("link", "Link"), ("text", "Transcript")],
                max_length=5,
                verbose_name="kind",
            ),
        ),
        migrations.RemoveConstraint("recording", "a_recording_is_a_file_or_a_link"),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=Q(kind="link", url__startswith="https://", file="", size=None)
                | Q(kind="text", url="", file="", size=None)
                | (Q(kind__in=("video", "audio"), url="", size__gte=1) & ~Q(file="") & ~Q(media_type="")),
                name="a_recording_is_a_file_a_link_or_a_text",
            ),
        ),
    ]
