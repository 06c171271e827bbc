# The column is made anew: what generates one cannot be altered. Old code finds the same column.

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import events.search_words
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0005_what_is_typed_beside_the_words_is_kept'),
        ('events', '0009_words_that_are_searched'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='post', name='post_search'),
        migrations.RemoveField(model_name='post', name='search'),
        migrations.AddField(
            model_name='post',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=events.search_words.AllWords(events.search_words.SearchWords('title', weight='A'), events.search_words.SearchWords('standfirst', weight='B'), events.search_words.SearchWords('text', weight='C')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='post',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='post_search'),
        ),
    ]
