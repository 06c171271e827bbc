from pathlib import Path
from zoneinfo import available_timezones

from django.db import migrations


def name_places(apps, schema_editor):
    """Put a place where an event's zone was whatever its machine was set to, or not set up at all."""
    machines = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")[2]
    meant = {"localtime": machines if machines in available_timezones() else "UTC", "Factory": "UTC"}
    for old, new in meant.items():
        apps.get_model("events", "Event").objects.filter(time_zone=old).update(time_zone=new)


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0007_names_as_people_type_them'),
    ]

    operations = [
        migrations.RunPython(name_places, migrations.RunPython.noop),
    ]
