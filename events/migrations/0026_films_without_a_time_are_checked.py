"""What 0025 has added is asked of the rows that there are, without keeping others from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart, so that no lock is held meanwhile."""

    dependencies = [("events", "0025_what_has_a_time_is_no_film")]
    operations = [ValidateConstraint("session", "what_has_a_time_is_no_film")]
