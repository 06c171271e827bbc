"""What makes it easier to take part in a session, in words.

What most live sessions of a programme share is said once for all of them (``usual``); a card then
names only what its session has besides, or lacks of it (``own``). A film has no such sentence.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from events.models import Session

#: So many live sessions must there be, and such a part of them agree, before something is usual.
MIN_LIVE_SESSIONS = 4
MAJORITY = 2 / 3


@dataclass(frozen=True)
class Fact:
    """A field of a session: the words where it holds, and where it is missing although it is usual."""

    field: str
    holds: str
    lacks: str


FACTS = (
    Fact("has_captions", "Live captions", "No live captions"),
    Fact("has_sign_language", "BSL interpreter", "No BSL interpreter"),
    Fact("is_camera_optional", "Camera and microphone optional", "Camera or microphone needed"),
    Fact("is_step_free", "Step-free room", "No step-free room"),
    Fact("is_recorded", "Recorded", "Not recorded"),
)
NOT_RECORDED = FACTS[-1].lacks


def facts_of(session: Session) -> list[str]:
    """Return all that holds for a session, and whether a live one is recorded; of a film, how one follows."""
    if not session.is_live:
        film = ((session.has_captions, "Captions"), (session.has_sign_language, "BSL interpreter"))
        return [words for holds, words in film if holds]
    held = [fact.holds for fact in FACTS if getattr(session, fact.field)]
    return held if session.is_recorded else [*held, NOT_RECORDED]


def usual(sessions: Iterable[Session]) -> tuple[str, ...]:
    """Return what holds for most of the live ``sessions``; nothing where they are few."""
    live = [session for session in sessions if session.is_live]
    if len(live) < MIN_LIVE_SESSIONS:
        return ()
    counts = Counter(words for session in live for words in facts_of(session))
    order = [*(fact.holds for fact in FACTS), NOT_RECORDED]
    return tuple(words for words in order if counts[words] >= MAJORITY * len(live))


def own(session: Session, usual: Collection[str]) -> list[str]:
    """Return what a card says: what is not usual, and what of the usual a live session lacks."""
    held = facts_of(session)
    if not session.is_live:
        return held
    lacking = [fact.lacks for fact in FACTS if fact.holds in usual and fact.holds not in held]
    others = [words for words in held if words not in usual and words not in lacking]
    return others + lacking
