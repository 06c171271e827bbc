"""What 0025 has added is asked of the rows that there are, without keeping others from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart, so that no lock is held meanwhile."""

    dependencies = [("events", "0026_what_was_saved_meanwhile_is_moved")]
    operations = [ValidateConstraint("session", "what_has_a_time_is_no_film")]
