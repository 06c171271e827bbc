"""What a session to come still lacks, in the words of a list: a link to join, a host, captions."""

from datetime import datetime

from events.models import Event, Session, SessionContributor


def gaps(session: Session, *, at: datetime) -> list[str]:
    """Return what it lacks, the most pressing first; nothing of a session that is over or cancelled.

    No query where ``session`` comes with its event and people (``double_use.with_people``).
    """
    if session.status == Session.Status.CANCELLED or session.has_ended(at) or session.event.is_past(at):
        return []
    people = [link.contributor for link in session.session_contributors.all()]
    hosts = [link for link in session.session_contributors.all() if link.part == SessionContributor.Part.HOST]
    is_unreached = any(not (one.member_id or one.email) for one in people)
    found = [
        ("No joining link", session.is_live and _is_online(session.event) and not _can_be_joined(session)),
        ("No host", session.is_live and not hosts),
        ("No captions", session.is_live and not session.has_captions),
        ("A host or speaker without an address", is_unreached),
        ("No recording", not session.is_live and not session.recording_url),
    ]
    return [words for words, is_so in found if is_so]


def _is_online(event: Event) -> bool:
    return event.place != Event.Place.IN_PERSON


def _can_be_joined(session: Session) -> bool:
    return bool(session.join_url or session.meeting_number or session.dial_in)
