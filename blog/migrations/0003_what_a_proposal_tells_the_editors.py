"""What a member who proposes a post tells the editors beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more column, empty for the posts there are."""

    dependencies = [("blog", "0002_initial")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="proposal_note",
            field=models.TextField(blank=True, default="", verbose_name="for the editors"),
            preserve_default=False,
        ),
    ]
