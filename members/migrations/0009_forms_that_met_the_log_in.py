"""What was typed into forms that met the log-in, for half an hour."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One more table, empty."""

    dependencies = [
        ("members", "0008_how_people_know_the_community"),
    ]

    operations = [
        migrations.CreateModel(
            name="TypedForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("path", models.CharField(max_length=500)),
                ("came_from", models.CharField(blank=True, max_length=500)),
                ("fields", models.JSONField()),
                ("kept_at", models.DateTimeField(db_index=True)),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
