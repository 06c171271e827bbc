"""The index is made while people book: nothing waits for it, so it may be no part of a transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('workshops', '0012_bookings_of_accounts_brought_together'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='booking',
            index=models.Index(condition=models.Q(('status', 'contested')), fields=['expires_at'], name='booking_undecided'),
        ),
    ]
