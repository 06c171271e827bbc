"""What a session to come still lacks: a link to join, a host who has agreed, captions.

The day before and on the day all of it presses, and each gap says where it is mended (``url``).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse

from events.models import Event, Session, SessionContributor


@dataclass(frozen=True)
class Gap:
    """What is missing, in the words of a list; ``is_pressing``: nobody can come, or nobody is there."""

    words: str
    is_pressing: bool = True
    #: Where it is mended; told the day before and on the day.
    url: str = ""

    @property
    def kind(self) -> str:
        """The kind of the badge that says it."""
        return "problem" if self.is_pressing else "plain"


#: What one of those who come needs is not there; what it is stands with the needs.
UNMET = Gap("A need is not met")
#: A room, or somebody who hosts or speaks, is in another session at the same time.
TWICE = Gap("Room or host used twice")
NO_LINK = Gap("No joining link")
NO_HOST = Gap("No host")
UNREACHED = Gap("A host or speaker without an address")
NOT_AGREED = Gap("No host has agreed yet", is_pressing=False)
NO_RECORDING = Gap("No recording")
NO_CAPTIONS = Gap("No captions", is_pressing=False)
#: Captions or an interpreter are promised, and nobody has noted who does it.
NO_SUPPORT = Gap("No captioner or interpreter noted")
#: What is mended in the record, and by which field; all else on the team's page of the session.
FIELDS: Final = {NO_LINK.words: "id_join_url", NO_SUPPORT.words: "id_supported_by"}


def gaps(
    session: Session,
    links: Iterable[SessionContributor],
    agreed: Collection[int],
    *,
    is_unmet: bool,
    at: datetime,
) -> list[Gap]:
    """Return what it lacks, the most pressing first; nothing of a session that is over or cancelled.

    ``links`` say who hosts it or speaks in it, ``agreed`` by id which hosts see who comes; ``is_unmet`` is
    from ``team.sessions.unmet``. No query where ``session`` comes with its event.
    """
    if session.status == Session.Status.CANCELLED or session.has_ended(at) or session.event.is_past(at):
        return []
    every = list(links)
    hosts = [link.contributor_id for link in every if link.part == SessionContributor.Part.HOST]
    nobody_agreed = bool(hosts) and not any(one in agreed for one in hosts)
    is_unreached = any(not (one.contributor.member_id or one.contributor.email) for one in every)
    near = is_near(session, at=at)
    found = [
        (NO_LINK, session.is_live and _is_online(session.event) and not _can_be_joined(session)),
        (NO_HOST, session.is_live and not hosts),
        (NO_SUPPORT, near and _promises_support(session) and not session.supported_by),
        (UNREACHED, is_unreached),
        (UNMET, is_unmet),
        (replace(NOT_AGREED, is_pressing=near), session.is_live and nobody_agreed),
        (NO_RECORDING, not session.is_live and not session.recording_url),
        (NO_CAPTIONS, session.is_live and not session.has_captions),
    ]
    lacks = [gap for gap, is_so in found if is_so]
    return [replace(gap, url=_mended_at(session, gap)) for gap in lacks] if near else lacks


def is_near(session: Session, *, at: datetime) -> bool:
    """Whether it begins today or tomorrow, by the event's clock."""
    if session.starts_at is None:
        return False
    today = at.astimezone(session.zone).date()
    return today <= session.starts_at.astimezone(session.zone).date() <= today + timedelta(days=1)


def _mended_at(session: Session, gap: Gap) -> str:
    if gap.words in FIELDS:
        return f"{reverse('admin:events_session_change', args=[session.pk])}#{FIELDS[gap.words]}"
    return f"{reverse('team:session', args=[session.event.slug, session.slug])}#hosts"


def _promises_support(session: Session) -> bool:
    return session.has_captions or session.has_sign_language


def _is_online(event: Event) -> bool:
    return event.place != Event.Place.IN_PERSON


def _can_be_joined(session: Session) -> bool:
    return bool(session.join_url or session.meeting_number or session.dial_in)
