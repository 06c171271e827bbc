from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0009_forms_that_met_the_log_in'),
    ]

    operations = [
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('slug', models.SlugField(help_text='For example about. It stays.', max_length=60, unique=True, verbose_name='address')),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='in one sentence')),
                ('body', models.TextField(verbose_name='text')),
                ('is_shown', models.BooleanField(default=False, verbose_name='shown to everybody, and named at the foot of every page')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['position', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='a_page_of_the_team_says_something')],
            },
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='picture',
            field=models.ImageField(blank=True, help_text='Other sites and apps show it beside a link to a page that has no picture of its own. 1200 by 630 pixels fit best.', upload_to='site/', verbose_name='picture for links'),
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='picture_alternative_text',
            field=models.CharField(blank=True, max_length=120, verbose_name='alternative text of that picture'),
        ),
    ]
