"""btree_gist: an exclusion constraint on a member and a time needs it."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Needs the right to create a trusted extension, which the owner of a database has."""

    operations = [BtreeGistExtension()]
