"""What to take away of a session: one that waits, one that is published."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import events.search_words
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0024_who_listens_after_a_hard_session"),
        ("recordings", "0004_recordings_of_sessions_with_a_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TakeAway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("problem", models.TextField(max_length=12000, verbose_name="the problem")),
                ("done", models.TextField(max_length=12000, verbose_name="what they did")),
                ("monday", models.TextField(max_length=12000, verbose_name="what to use on Monday")),
                ("links", models.TextField(blank=True, max_length=12000, verbose_name="files and links")),
                ("contact", models.CharField(blank=True, max_length=300, verbose_name="contact")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for the team"),
                            ("published", "Published"),
                            ("left", "Not published"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("written_at", models.DateTimeField(verbose_name="written")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                (
                    "answer",
                    models.CharField(blank=True, max_length=600, verbose_name="what the team answers"),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=events.search_words.AllWords(
                            events.search_words.SearchWords("monday", weight="A"),
                            events.search_words.SearchWords("problem", weight="B"),
                            events.search_words.SearchWords("done", weight="C"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="events.contributor",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="take_aways",
                        to="events.session",
                    ),
                ),
            ],
            options={
                "verbose_name": "take-away",
                "ordering": ["session", "id"],
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["search"], name="take_away_search"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("session",),
                        name="one_take_away_of_a_session_is_published",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published"), _negated=True),
                        fields=("session",),
                        name="one_take_away_of_a_session_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                models.Q(("decided_at", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_take_away_waits_until_it_is_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("problem", ""), _negated=True),
                            models.Q(("done", ""), _negated=True),
                            models.Q(("monday", ""), _negated=True),
                        ),
                        name="a_take_away_says_something",
                    ),
                ],
            },
        ),
    ]
