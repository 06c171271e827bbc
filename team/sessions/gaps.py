"""What a session to come still lacks: a link to join, a host who has agreed, captions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from events.models import Event, Session, SessionContributor


@dataclass(frozen=True)
class Gap:
    """What is missing, in the words of a list; ``is_pressing``: nobody can come, or nobody is there."""

    words: str
    is_pressing: bool = True

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
    found = [
        (NO_LINK, session.is_live and _is_online(session.event) and not _can_be_joined(session)),
        (NO_HOST, session.is_live and not hosts),
        (UNREACHED, is_unreached),
        (UNMET, is_unmet),
        (NOT_AGREED, session.is_live and nobody_agreed),
        (NO_RECORDING, not session.is_live and not session.recording_url),
        (NO_CAPTIONS, session.is_live and not session.has_captions),
    ]
    return [gap for gap, is_so in found if is_so]


def _is_online(event: Event) -> bool:
    return event.place != Event.Place.IN_PERSON


def _can_be_joined(session: Session) -> bool:
    return bool(session.join_url or session.meeting_number or session.dial_in)
