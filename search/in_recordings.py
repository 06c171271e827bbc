"""Recordings in which something is said: found by who may watch them, on the page of the search alone.

What everybody finds is the same for all and knows nothing of them (``search.finding``). So this is asked
beside it, for members who are logged in, among recordings of events that they are registered for.
"""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef

from events.models import Registration
from members.models import Member
from recordings.models import Recording
from search.finding import Asked
from search.query import terms_of

#: So many are shown, the newest first.
MOST: Final = 5


def said(asked: Asked, reader: Member | None, *, at: datetime) -> list[Recording]:
    """Return the recordings in whose title or transcript the words stand. One query; none for a visitor."""
    if reader is None or asked.kind or not terms_of(asked.q):
        return []
    comes = Registration.objects.confirmed().filter(event=OuterRef("session__event"), member=reader)
    found = Recording.objects.shown(at).filter(Exists(comes), search=asked.meaning.query)
    newest = found.select_related("session__event").defer("cues", "words", "search")
    return list(newest.order_by("-published_at", "-pk")[:MOST])
