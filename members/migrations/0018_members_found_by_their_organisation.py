"""The index is made while people come and go: nothing waits for it, so it may be no part of a transaction."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

import common.folding


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('members', '0017_people_have_their_data_and_are_erased'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='member',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(common.folding.NameFolded('organisation'), name='gin_trgm_ops'), name='member_organisation_parts'),
        ),
    ]
