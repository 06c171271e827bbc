from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0014_when_they_joined_the_line'),
    ]

    operations = [
        migrations.AddField(
            model_name='sessionwords',
            name='knows_cancelled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='sessionwords',
            name='knows_off_at',
            field=models.DateTimeField(null=True),
        ),
    ]
