from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0015_members_found_by_parts_of_their_address'),
    ]

    operations = [
        migrations.AddField(
            model_name='sitesettings',
            name='first_sequence',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
