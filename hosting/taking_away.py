"""What a host, or their deputy, does with what to take away of their session: the rules are of recordings."""

from collections.abc import Mapping
from datetime import datetime

from events.models import Session
from hosting import people
from hosting.access import Reader
from recordings import taking_away
from recordings.models import TakeAway


def write(
    session: Session, reader: Reader, texts: Mapping[str, str], *, seen: str, at: datetime
) -> TakeAway | None:
    """Keep what they write; it waits for the team. Raises also ``NotTheirs`` and ``NotAgreed``."""
    host = people.seen_by(session, reader, at=at).contributor
    return taking_away.write(session, texts, seen=seen, host=host, by=reader.by, at=at)


def take_back(session: Session, reader: Reader, *, seen: str, at: datetime) -> None:
    """Delete what waits. Raises ``NotTheirs`` and ``NotAgreed``."""
    host = people.seen_by(session, reader, at=at).contributor
    taking_away.take_back(session, seen=seen, host=host, by=reader.by, at=at)


def take_down(session: Session, reader: Reader, *, seen: str, at: datetime) -> None:
    """Let nobody read it any more. Raises ``NotTheirs`` and ``NotAgreed``."""
    host = people.seen_by(session, reader, at=at).contributor
    taking_away.take_down(session, seen=seen, host=host, by=reader.by, at=at)
