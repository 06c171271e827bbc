"""Whether anything that an agenda shows has changed, at a fraction of what reading it costs.

A page that is looked at asks every few minutes, and nearly always nothing is new. What an agenda shows
is decided by what its reader has, by the rows of the event's sessions and their places, and by which of their
moments have come (``workshops.agenda.facts``). Of the rows only the versions are read: ``xmin`` and ``ctid``
together are one version of one row (PostgreSQL, 5.6, System Columns).
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from common import languages
from common.fingerprints import fingerprint, release
from events.models import Session
from workshops.agenda.facts import EventFacts, OwnBookings
from workshops.models import Workshop
from workshops.places.deadlines import FOR_ALL, HALF_HOUR

#: Whose code says what an agenda is.
MADE_BY = tuple(settings.BASE_DIR / folder for folder in ("workshops/agenda", "events", "common"))
_VERSIONS = f"""
    SELECT md5(string_agg(concat(session.xmin, session.ctid, places.xmin, places.ctid), ' ' ORDER BY id)),
        count(*) FILTER (WHERE session.starts_at <= %(at)s),
        count(*) FILTER (WHERE session.starts_at <= %(soon)s),
        count(*) FILTER (WHERE session.starts_at <= %(very_soon)s),
        count(*) FILTER (WHERE session.ends_at <= %(at)s),
        count(*) FILTER (WHERE session.booking_opens_at <= %(at)s),
        count(*) FILTER (WHERE session.booking_closes_at <= %(at)s)
    FROM {Session._meta.db_table} AS session
    LEFT JOIN {Workshop._meta.db_table} AS places ON places.session_id = session.id
    WHERE session.event_id = %(event)s
"""  # noqa: S608  # names of tables


def mark_of(own: OwnBookings, *, at: datetime) -> str:
    """Return a mark that stays as long as the agenda does whose reader has ``own``. One query.

    The event and the member of its registration are loaded. Two agendas have two marks.
    """
    registration, event = own.registration, own.registration.event
    moments = (event.booking_opens_at, event.booking_closes_at)
    passed = sum(moment is not None and moment <= at for moment in moments)
    with connection.cursor() as cursor:
        soon = {"soon": at + HALF_HOUR, "very_soon": at + FOR_ALL}
        values: dict[str, Any] = {"event": event.pk, "at": at, **soon}
        cursor.execute(_VERSIONS, values)
        versions = cursor.fetchone()
    reader = (registration.pk, registration.status, registration.member.time_zone, languages.current())
    theirs = (own.bookings, own.choices, own.busy)
    facts = (EventFacts.of(event), event.version, passed, timezone.localdate(at), versions)
    return fingerprint(reader, theirs, facts, release(*MADE_BY))
