from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0009_places_to_decide'),
    ]

    operations = [
        ValidateConstraint(
            model_name='booking',
            name='what_is_held_until_a_moment_and_only_that_has_a_deadline',
        ),
    ]
