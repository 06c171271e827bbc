import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0001_initial'),
        ('workshops', '0006_agendas_told_to_them'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpeningAnnounced',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='opening_announced', serialize=False, to='events.event')),
                ('opens_at', models.DateTimeField(verbose_name='booking opens')),
                ('told_at', models.DateTimeField(verbose_name='told')),
            ],
            options={
                'verbose_name_plural': 'openings announced',
            },
        ),
    ]
