from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations

# An entry was recorded at the very moment at which its message was sent, and the Message-ID holds the host of
# the site at that time. Where no message is left, it is taken to have been the host of today.
AS_SENT = """
UPDATE events_calendarentry entry SET uid_host = coalesce(
    (SELECT host FROM sent WHERE sent.sent_at = entry.sent_at), %s
) WHERE uid_host = ''
"""
SENT = """
WITH sent AS MATERIALIZED (
    SELECT DISTINCT ON (sent_at) sent_at, rtrim(split_part(message_id, '@', 2), '>') AS host
    FROM notifications_message WHERE sent_at IS NOT NULL ORDER BY sent_at, id DESC
)
"""


def name_hosts(apps, schema_editor):
    host = urlsplit(settings.SITE_URL).hostname or ""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(SENT + AS_SENT, [host])


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0005_calendar_entries_keep_their_host'),
        ('notifications', '0002_names_in_words'),
    ]

    operations = [
        migrations.RunPython(name_hosts, migrations.RunPython.noop),
    ]
