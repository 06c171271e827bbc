"""What makes it easier to take part in a session, in words.

What most live sessions of a programme share is said once for all of them (``usual``); a card then
names only what its session has besides, or lacks of it (``own``). A film has no such sentence.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Session

#: So many live sessions must there be, and such a part of them agree, before something is usual.
MIN_LIVE_SESSIONS = 4
MAJORITY = 2 / 3


@dataclass(frozen=True)
class Fact:
    """A field of a session: the words where it holds, and where it is missing although it is usual."""

    field: str
    holds: Promise
    lacks: Promise


FACTS = (
    Fact("has_captions", gettext_lazy("Live captions"), gettext_lazy("No live captions")),
    Fact("has_sign_language", gettext_lazy("BSL interpreter"), gettext_lazy("No BSL interpreter")),
    Fact(
        "has_slides_ahead",
        gettext_lazy("Slides before the session"),
        gettext_lazy("No slides before the session"),
    ),
    Fact(
        "is_camera_optional",
        gettext_lazy("Camera and microphone optional"),
        gettext_lazy("Camera or microphone needed"),
    ),
    Fact("is_step_free", gettext_lazy("Step-free room"), gettext_lazy("No step-free room")),
    Fact("is_recorded", gettext_lazy("Recorded"), gettext_lazy("Not recorded")),
)
NOT_RECORDED = FACTS[-1].lacks
#: What the programme can be filtered by: the name in the address → a field, what it must be, in words.
FILTERS: Final[Mapping[str, tuple[str, bool, Promise]]] = {
    "captions": ("has_captions", True, gettext_lazy("With captions")),
    "bsl": ("has_sign_language", True, gettext_lazy("With a BSL interpreter")),
    "slides": ("has_slides_ahead", True, gettext_lazy("With slides before")),
    "camera": ("is_camera_optional", True, gettext_lazy("Camera and microphone optional")),
    "unrecorded": ("is_recorded", False, gettext_lazy("Not recorded")),
}


def offered(session: Session) -> frozenset[str]:
    """Return the names of the filters that a session passes; a film has no camera, and is a recording."""
    film = ("captions", "bsl", "slides")
    return frozenset(
        name
        for name, (field, wanted, _words) in FILTERS.items()
        if getattr(session, field) is wanted and (session.is_live or name in film)
    )


def facts_of(session: Session) -> list[str]:
    """Return all that holds for a session, and whether a live one is recorded; of a film, how one follows."""
    if not session.is_live:
        film = ((session.has_captions, _("Captions")), (session.has_sign_language, _("BSL interpreter")))
        return [words for holds, words in film if holds]
    held = [str(fact.holds) for fact in FACTS if getattr(session, fact.field)]
    return held if session.is_recorded else [*held, str(NOT_RECORDED)]


def usual(sessions: Iterable[Session]) -> tuple[str, ...]:
    """Return what holds for most of the live ``sessions``; nothing where they are few."""
    live = [session for session in sessions if session.is_live]
    if len(live) < MIN_LIVE_SESSIONS:
        return ()
    counts = Counter(words for session in live for words in facts_of(session))
    order = [str(words) for words in (*(fact.holds for fact in FACTS), NOT_RECORDED)]
    return tuple(words for words in order if counts[words] >= MAJORITY * len(live))


def own(session: Session, usual: Collection[str]) -> list[str]:
    """Return what a card says: what is not usual, and what of the usual a live session lacks."""
    held = facts_of(session)
    if not session.is_live:
        return held
    lacking = [str(fact.lacks) for fact in FACTS if str(fact.holds) in usual and str(fact.holds) not in held]
    others = [words for words in held if words not in usual and words not in lacking]
    return others + lacking
