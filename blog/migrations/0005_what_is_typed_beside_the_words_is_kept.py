"""What somebody has typed into the form of a post beside its words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more column, nothing in it for what is kept already, nor by code that does not know it."""

    dependencies = [("blog", "0004_names_as_people_type_them")]

    operations = [
        migrations.AddField(
            model_name="unsaveddraft",
            name="facts",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
    ]
