"""The index is made while mail goes on: nothing waits for it, so it may be no part of a transaction."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('notifications', '0008_emails_that_may_have_been_sent'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='message',
            index=models.Index(models.F('kind'), django.contrib.postgres.indexes.OpClass('key', name='text_pattern_ops'), name='message_of_cause'),
        ),
    ]
