"""What 0019 has added is asked of the rows that there are, without keeping others from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart, so that no lock is held meanwhile."""

    dependencies = [("events", "0019_hosts_change_words_until_a_day")]
    operations = [ValidateConstraint("event", "hosts_change_words_before_the_event_is_over")]
