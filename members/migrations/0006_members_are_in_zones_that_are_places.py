from django.db import migrations


def name_places(apps, schema_editor):
    """Where a member's zone is no place, take the one that everybody begins with; they can choose another."""
    members = apps.get_model("members", "Member").objects
    members.filter(time_zone__in=["localtime", "Factory"]).update(time_zone="Europe/London")


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_names_as_people_type_them'),
    ]

    operations = [
        migrations.RunPython(name_places, migrations.RunPython.noop),
    ]
