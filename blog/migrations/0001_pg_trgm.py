"""pg_trgm: the search finds what was nearly typed right."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Needs the right to create a trusted extension, which the owner of a database has."""

    operations = [TrigramExtension()]
