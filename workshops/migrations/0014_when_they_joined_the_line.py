from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0013_what_is_to_decide_found_by_its_deadline'),
    ]

    operations = [
        migrations.AddField(
            model_name='booking',
            name='joined_line_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='when they joined the line'),
        ),
    ]
