"""What decisions changed is kept by the names that fields have now.

The code of before writes the old names until it is gone: ``Decision.was`` reads both.
"""

from django.db import migrations

NAMES = {
    "waiting_body": "pending_body",
    "look_again_at": "appealed_at",
    "look_again_words": "appeal_text",
}


def renamed(old, new):
    """Return the statement that calls what is kept as ``old`` by the name ``new``."""
    return f"""
        UPDATE comments_decision SET before = (before - '{old}') || jsonb_build_object('{new}', before -> '{old}')
        WHERE jsonb_exists(before, '{old}')
    """


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_names_of_today")]

    operations = [migrations.RunSQL(renamed(old, new), renamed(new, old)) for old, new in NAMES.items()]
