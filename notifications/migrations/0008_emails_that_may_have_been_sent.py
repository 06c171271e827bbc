"""The index is made while mail goes on: nothing waits for it, so it may be no part of a transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('notifications', '0007_messages_found_by_parts_of_an_address'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='state',
            field=models.CharField(choices=[('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed'), ('superseded', 'Superseded'), ('maybe_sent', 'Maybe sent, before the restore')], default='queued', max_length=10),
        ),
        AddIndexConcurrently(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'maybe_sent')), fields=['kind', 'send_after'], name='message_maybe_sent'),
        ),
    ]
