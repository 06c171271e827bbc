"""What hosts would have a session say, as its page shows it: word by word, and what became of it."""

from dataclasses import dataclass

from common.times import short_moment
from events.models import Session
from hosting import differing, words
from hosting.differing import Part
from hosting.models import Rewording

_BECAME = {
    Rewording.State.TAKEN: "taken",
    Rewording.State.LEFT: "left out",
    Rewording.State.PUT_BACK: "taken, then put back",
}


@dataclass(frozen=True)
class Reworded:
    """The last change by hosts: who wrote it, what it changes, what names all that is shown.

    ``crossing`` are texts that somebody else has changed since; ``became`` says what was decided, and when.
    """

    told: Rewording
    who: str
    when: str
    parts: list[Part]
    seen: str
    crossing: str
    became: str
    can_be_put_back: bool


def of(session: Session) -> Reworded | None:
    """Return what hosts changed last, unless they changed nothing. One query."""
    there = words.words_of(session)
    told = there.latest
    if told is None:
        return None
    before = there.now if told.is_waiting else _before(told)
    after = there.wanted if told.is_waiting else {name: getattr(told, name) for name in before}
    crossing = [str(differing.NAMES[name]) for name in words.crossing(told, there.now)]
    return Reworded(
        told=told,
        who=told.host.name if told.host else "A host",
        when=short_moment(told.written_at, session.event.zone),
        parts=differing.parts(before, after),
        seen=there.seen,
        crossing=", ".join(crossing),
        became=_became(told, session),
        can_be_put_back=words.can_be_put_back(told, session),
    )


def _before(told: Rewording) -> dict[str, str]:
    return {name: words.plain(name, getattr(told, f"{name}_before")) for name in differing.NAMES}


def _became(told: Rewording, session: Session) -> str:
    if told.is_waiting:
        return ""
    who = f" by {told.decided_by}" if told.decided_by else ""
    return f"{_BECAME[Rewording.State(told.state)]}{who}, {short_moment(told.decided_at, session.event.zone)}"
