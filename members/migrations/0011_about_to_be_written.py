"""Begin the page *About* where there is none: for the team to fill in and show."""

from django.db import migrations

FIRST_WORDS = """\
## What this is

Say in two sentences who the community is and what it does.

## Who may join

Say for whom it is, and how one becomes a member.

## What it costs

Say whether membership and the event cost anything.
"""


def begin(apps, schema_editor):
    pages = apps.get_model("members", "Page").objects.using(schema_editor.connection.alias)
    pages.get_or_create(slug="about", defaults={"title": "About", "body": FIRST_WORDS})


def take_back(apps, schema_editor):
    pages = apps.get_model("members", "Page").objects.using(schema_editor.connection.alias)
    pages.filter(slug="about", is_shown=False, body=FIRST_WORDS).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0010_pages_and_picture_of_links'),
    ]

    operations = [
        migrations.RunPython(begin, take_back),
    ]
