from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0026_emails_that_people_ask_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="first_text",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=64),
        ),
    ]
