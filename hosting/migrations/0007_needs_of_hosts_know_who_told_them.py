from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hosting', '0006_hosts_say_what_they_need'),
    ]

    operations = [
        migrations.AddField(
            model_name='hostneed',
            name='told_as',
            field=models.CharField(db_default='', default='', max_length=300),
        ),
    ]
