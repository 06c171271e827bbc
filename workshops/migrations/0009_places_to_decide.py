"""Made while people book: the constraint is checked by the next one, the index is made by one of its own."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

HELD = ['offered', 'contested']


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0008_what_the_team_writes_about_sessions'),
    ]

    operations = [
        migrations.AddField(
            model_name='booking',
            name='first_position',
            field=models.IntegerField(blank=True, null=True, verbose_name='position when they joined the line'),
        ),
        migrations.AlterField(
            model_name='booking',
            name='ended',
            field=models.CharField(blank=True, choices=[('member', 'Given up'), ('staff', 'By the team'), ('swapped', 'Swapped for another session'), ('session', 'Session cancelled'), ('registration', 'Registration cancelled'), ('undecided', 'Overlapped another session, and nobody decided in time')], max_length=12, verbose_name='why it ended'),
        ),
        migrations.AlterField(
            model_name='booking',
            name='status',
            field=models.CharField(choices=[('chosen', 'Chosen'), ('booked', 'Booked'), ('waiting', 'On the waiting list'), ('offered', 'Place offered'), ('contested', 'To decide'), ('passed', 'Offer passed'), ('cancelled', 'Cancelled')], max_length=10, verbose_name='status'),
        ),
        AddConstraintNotValid(
            model_name='booking',
            constraint=models.CheckConstraint(
                condition=models.Q(status__in=HELD, expires_at__isnull=False)
                | (~models.Q(status__in=HELD) & models.Q(expires_at__isnull=True)),
                name='what_is_held_until_a_moment_and_only_that_has_a_deadline',
            ),
        ),
        migrations.RemoveConstraint(
            model_name='booking',
            name='an_offer_and_only_an_offer_has_a_deadline',
        ),
    ]
