"""What sessions with a time had in their own record becomes recordings: drafts that nobody sees.

Their hosts are asked, and the team reads what is said, as of every other recording. A link stays a link, a
transcript alone becomes a recording without one; of a session that says it is not recorded it was written
separately. An address of http is tried as https, for the team to look at. Their length is the session's, for
the team to correct. Taken back, they stay recordings: whoever answered was asked about those.
"""

from datetime import UTC, datetime, timedelta

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations
from django.db.models import F

LONGEST = timedelta(days=1)


def move(apps, schema_editor):
    alias = schema_editor.connection.alias
    sessions = apps.get_model("events", "Session").objects.using(alias)
    at = datetime.now(UTC)
    live = sessions.filter(starts_at__isnull=False).exclude(recording_url="", transcript="")
    events = set()
    for session in live.select_for_update(no_key=True).order_by("pk"):
        _add(apps, alias, session, at)
        sessions.filter(pk=session.pk).update(recording_url="", transcript="")
        events.add(session.event_id)
    for pk in sorted(events):  # what is kept of its programme is made anew
        apps.get_model("events", "Event").objects.using(alias).filter(pk=pk).update(version=F("version") + 1)


def _add(apps, alias, session, at):
    recordings = apps.get_model("recordings", "Recording").objects.using(alias)
    address = session.recording_url
    address = f"https://{address[7:]}" if address.startswith("http://") else address
    url = address[:500] if address.startswith("https://") else ""
    said = [" ".join(one.split()) for one in session.transcript.replace("\r\n", "\n").split("\n\n")]
    cues = [{"at": None, "until": None, "by": None, "text": one} for one in said if one]
    is_there = bool(url) and recordings.filter(session_id=session.pk, url=url).exists()
    if is_there and not cues:
        return
    kind = "link" if url and not is_there else "text"
    recordings.create(
        session_id=session.pk,
        title=session.title,
        about="" if url else address[:400],
        is_of_session=kind == "link" or session.is_recorded,
        kind=kind,
        url="" if is_there else url,
        seconds=max(1, int(min(LONGEST, session.ends_at - session.starts_at).total_seconds())),
        cues=cues,
        version=1 if cues else 0,
        captions_at=at if cues else None,
        added_at=at,
    )
    _ask(apps, alias, session.pk, at)


def _ask(apps, alias, pk, at):
    consents = apps.get_model("recordings", "Consent").objects.using(alias)
    parts = apps.get_model("events", "SessionContributor").objects.using(alias).filter(session_id=pk)
    asked = set(consents.filter(session_id=pk).values_list("contributor_id", flat=True))
    for one in sorted(set(parts.values_list("contributor_id", flat=True)) - asked):
        consents.create(session_id=pk, contributor_id=one, answer="asked", asked_at=at)


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0024_who_listens_after_a_hard_session"),
        ("recordings", "0003_what_was_said_without_a_recording"),
    ]

    operations = [
        ValidateConstraint("recording", "a_recording_is_a_file_a_link_or_a_text"),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
