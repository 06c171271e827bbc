"""The index is made while people come and go: nothing waits for it, so it may be no part of a transaction."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('members', '0014_language_of_members'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='member',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('email'), name='gin_trgm_ops'), name='member_email_parts'),
        ),
    ]
