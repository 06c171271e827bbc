"""What was told in one text becomes a case in own words, which hosts may know where they might before."""

from django.db import migrations

#: Asked now, as nobody could answer before: else all of them were late on the day of the upgrade.
TO_CASES = """
    INSERT INTO events_accessneed (
        told_id, kind, words, is_shared_with_hosts, asked_at, state, state_changed_at, instead, version
    )
    SELECT registration_id, 'other', btrim(needs), is_shared_with_hosts, now(), 'new', now(), '', 0
    FROM events_accessneeds WHERE btrim(needs) <> '';
    UPDATE events_accessneeds SET needs = '', is_shared_with_hosts = false;
"""
#: What was ticked is written as the form has it; what hosts may not know of one, they know of none.
TO_TEXTS = """
    UPDATE events_accessneeds SET needs = told.needs, is_shared_with_hosts = told.for_hosts FROM (
        SELECT told_id, bool_and(is_shared_with_hosts) AS for_hosts, string_agg(
            CASE kind
                WHEN 'captions' THEN 'Live captions'
                WHEN 'sign-language' THEN 'British Sign Language (BSL) interpreter'
                WHEN 'slides' THEN 'Slides before the session'
                WHEN 'screen-reader' THEN 'Documents that work with a screen reader'
                WHEN 'camera' THEN 'Camera and microphone off'
                WHEN 'breaks' THEN 'Breaks in long sessions'
                WHEN 'step-free' THEN 'Step-free room'
                WHEN 'hearing-loop' THEN 'Hearing loop'
                ELSE words
            END, E'\\n' ORDER BY id) AS needs
        FROM events_accessneed GROUP BY told_id
    ) AS told WHERE told.told_id = registration_id;
    DELETE FROM events_accessneed;
"""


class Migration(migrations.Migration):
    """Data, with a way back."""

    dependencies = [("events", "0012_each_need_is_a_case")]
    operations = [migrations.RunSQL(TO_CASES, TO_TEXTS)]
