"""What Django's log of the admin knows is copied, so that records keep their history: who, to what, when.

The log itself stays; it is written no more. Its words hold what was typed and names, so they are left out,
but for those that name an act.
"""

import json

from django.db import migrations

#: What a message begins with → the act.
ACTS = (
    ("Began the post.", "post.begun"),
    ("Saved it.", "post.saved"),
    ("Brought back revision", "post.restored"),
    ("Sent it to review.", "post.sent-to-review"),
    ("Made it a draft again.", "post.drafted"),
    ("Scheduled it.", "post.scheduled"),
    ("Published it.", "post.published"),
    ("Took it off the schedule.", "post.unscheduled"),
    ("Withdrew it.", "post.withdrawn"),
    ("Made a new link to the preview.", "post.preview-renewed"),
    ("Waiting for approval → Member.", "member.approved"),
    ("Not approved → Member.", "member.approved"),
    ("Member → Waiting for approval.", "member.approval-taken-back"),
    ("Waiting for approval → Not approved.", "member.declined"),
    ("Member → Membership ended.", "member.ended"),
    ("Membership ended → Member.", "member.reinstated"),
    ("Corrected the email address.", "member.address-corrected"),
    ("Sent how to choose a new password.", "member.password-letter"),
    ("Cancelled the event.", "event.cancelled"),
    ("Cancelled the registration.", "registration.cancelled"),
    ("Became published.", "session.published"),
    ("Became cancelled.", "session.cancelled"),
    ("Cancelled for the member.", "booking.cancelled"),
    ("Moved up:", "booking.moved-up"),
)
FLAGS = {1: "added", 2: "changed", 3: "deleted"}

COPY = """
INSERT INTO audit_entry (at, act, via, actor_id, thing, thing_id, member_id, facts)
SELECT log.action_time,
       COALESCE((SELECT act FROM unnest(%s, %s) AS known (beginning, act)
                 WHERE starts_with(log.change_message, beginning) LIMIT 1), %s::jsonb ->> log.action_flag::text),
       'person', log.user_id, type.app_label || '.' || type.model, log.object_id::bigint,
       CASE WHEN type.app_label = 'members' AND type.model = 'member' THEN log.object_id::bigint END, '{}'
FROM django_admin_log AS log JOIN django_content_type AS type ON type.id = log.content_type_id
WHERE log.object_id ~ '^[0-9]{1,18}$' AND log.action_flag BETWEEN 1 AND 3
  AND NOT EXISTS (SELECT FROM audit_entry AS known WHERE known.at = log.action_time
                  AND known.thing_id = log.object_id::bigint AND known.actor_id = log.user_id)
ORDER BY log.action_time, log.id
"""


def copy(apps, schema_editor):
    beginnings, acts = zip(*ACTS, strict=True)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(COPY, [list(beginnings), list(acts), json.dumps(FLAGS)])


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0002_the_trail_is_only_added_to"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # What was copied stays: the trail is only added to.
    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
