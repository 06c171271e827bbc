"""A room, or somebody who hosts or speaks, in two sessions at one time: nothing refuses it, staff are told.

``among`` compares sessions that are at hand, ``of`` one session with all others, as it is or as somebody is
about to save it. What is cancelled or on demand takes up nothing; touching ends do not overlap. A room is
known by its name, within its event; words that name no room are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Prefetch, QuerySet

from common.times import format_hours
from events.models import Contributor, Session, SessionContributor

#: What stands where the room does and is none, in small letters.
NO_ROOM: Final = frozenset({"", "online", "zoom", "teams", "microsoft teams", "tbc", "to be confirmed"})
#: What no list says of who hosts or speaks.
_LONG: Final = ("contributor__biography", "contributor__name_folded", "contributor__name_keys")
#: What is used: a kind of thing and which.
Key = tuple[str, int, str]


@dataclass(frozen=True)
class DoubleUse:
    """One room, or one person, in two sessions that overlap: ``session``, and the ``other``."""

    what: str
    session: Session
    other: Session

    @property
    def hours(self) -> str:
        """When the other one is: "10:00 to 11:00"."""
        return format_hours(*_span(self.other), self.other.event.time_zone)

    @property
    def sentence(self) -> str:
        """Say it of ``session``: "Room 2 is also the room of “Leading quietly”, 10:00 to 11:00."."""
        return f"{self.what} “{self.other.title}”, {self.hours}."


def among(
    sessions: Iterable[Session], people: Mapping[Session, Sequence[Contributor]] | None = None
) -> list[DoubleUse]:
    """Return each pair of these sessions that share somebody or a room, the earlier one first.

    ``people`` are who would host or speak in a session, where that is not who does. No query where the
    sessions come from ``with_people``, with their event.
    """
    using: dict[Key, list[tuple[str, Session]]] = defaultdict(list)
    for session in sorted(filter(_takes_up_time, sessions), key=_span):
        for key, what in _uses(session, (people or {}).get(session)):
            using[key].append((what, session))
    return [pair for those in using.values() for pair in _overlapping(those)]


def of(session: Session, people: Sequence[Contributor] | None = None) -> list[DoubleUse]:
    """Return what ``session`` shares with others; its time, room and ``people`` may be not saved yet.

    Three queries, and those for its own hosts and speakers where they were not loaded.
    """
    if not _takes_up_time(session):
        return []
    starts_at, ends_at = _span(session)
    others = with_people(Session.objects.live().select_related("event")).filter(
        starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    pairs = among([session, *others.exclude(pk=session.pk)], None if people is None else {session: people})
    turned = [DoubleUse(one.what, session, one.session) for one in pairs if one.other is session]
    return [one for one in pairs if one.session is session] + turned


def with_people(sessions: "QuerySet[Session]") -> "QuerySet[Session]":
    """Read who hosts and speaks in sessions together with them, without what is long about each."""
    people = SessionContributor.objects.select_related("contributor").defer(*_LONG)
    return sessions.prefetch_related(Prefetch("session_contributors", people))


def _takes_up_time(session: Session) -> bool:
    return session.is_live and session.status != Session.Status.CANCELLED


def _span(session: Session) -> tuple[datetime, datetime]:
    assert session.starts_at is not None  # noqa: S101  # asked before; narrows the type
    assert session.ends_at is not None  # noqa: S101  # the database keeps both together
    return session.starts_at, session.ends_at


def _uses(session: Session, people: Sequence[Contributor] | None) -> Iterator[tuple[Key, str]]:
    """Yield what the session takes up, and how a sentence about it begins."""
    room = " ".join(session.room.split()).casefold()
    if room not in NO_ROOM:
        yield ("room", session.event_id, room), f"{session.room} is also the room of"
    if people is None:
        people = [link.contributor for link in session.session_contributors.all()]
    for person in people:
        yield _known_by(person), f"{person.name} is also in"


def _known_by(person: Contributor) -> Key:
    return ("member", person.member_id, "") if person.member_id else ("contributor", person.pk, "")


def _overlapping(those: list[tuple[str, Session]]) -> Iterator[DoubleUse]:
    """Yield the pairs that overlap of sessions in the order of their start."""
    for place, (what, session) in enumerate(those):
        for _, later in those[place + 1 :]:
            if _span(later)[0] >= _span(session)[1]:
                break
            yield DoubleUse(what, session, later)
