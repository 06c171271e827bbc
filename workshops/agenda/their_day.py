"""What of an event is theirs on the day that matters now: on now and next, tomorrow's, what can be had again.

Theirs is what they have booked or host, and what is open to everybody at no time of those. It is read from
the programme, the places and their own states, which the page has; it adds no rule of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from common.words import counted
from events import phase_words
from events.joining_details import JOINS_BEFORE
from events.models import Event
from events.phases import Phase, next_day, phase_of, today_of
from events.programme.contents import SessionCard
from events.programme.states import Seen
from workshops.agenda.states import CONTESTED, YOURS, State, overlap

#: How many sessions of a day are named where there is little room.
NAMED = 3


@dataclass(frozen=True)
class TheirDay:
    """What is said of it; the sessions that are ``now`` on, come ``following``, can be had ``again``.

    Afterwards ``own`` are the sessions, by id, of whose recordings they are told first.
    ``check`` is the session whose page shows them whether they can join, ``join`` the one that they join now.
    """

    phase: Phase
    says: str = ""
    now: tuple[SessionCard, ...] = ()
    following: tuple[SessionCard, ...] = ()
    again: tuple[SessionCard, ...] = ()
    own: tuple[int, ...] = ()
    check: SessionCard | None = None
    join: SessionCard | None = None


def their_day(
    event: Event, own: Iterable[State], seen: Seen, *, at: datetime, reader_zone: str = ""
) -> TheirDay | None:
    """Return what matters now; ``None`` before the day before. ``own`` are the states of what is theirs."""
    phase = phase_of(event, at=at, common=seen.programme)
    own_ids = {one.session.pk for one in own if one.tone in (YOURS, CONTESTED)}
    if phase.is_over:
        theirs = [one for one in seen.programme.cards if one.id in own_ids or one.id not in seen.places]
        films = tuple(one for one in theirs if one.is_published and one.has_film)
        return TheirDay(phase, again=films, own=tuple(one.id for one in theirs if one.starts_at))
    if not phase.is_near:
        return None
    theirs = theirs_of(own_ids, seen)
    if phase is Phase.ON_NOW:
        return _today(event, theirs, seen, at, reader_zone)
    following = next_day(event, at=at, common=seen.programme)
    on_that_day = _on(event, theirs, following.date) if following else ()
    when = phase_words.on_which_day(following.date, today_of(event, at)) if following else ""
    return TheirDay(
        phase,
        _that_day(event, on_that_day, when, reader_zone),
        following=on_that_day[:NAMED],
        check=on_that_day[0] if on_that_day and phase is Phase.DAY_BEFORE else None,
    )


def _today(event: Event, theirs: list[SessionCard], seen: Seen, at: datetime, reader_zone: str) -> TheirDay:
    """Say what is on for them and what comes next; after the last of theirs, when the next day starts."""
    now = tuple(one for one in theirs if _starts(one) <= at < _ends(one))
    today = _on(event, theirs, today_of(event, at))
    ahead = [one for one in today if _starts(one) > at]
    following = tuple(one for one in ahead if _starts(one) == _starts(ahead[0]))
    if now or len(ahead) < len(today):
        says = "" if now or following else _("That was all for today.")
    else:
        says = _that_day(event, today, _("today"), reader_zone)
    if not (now or following) and (then := next_day(event, at=at, common=seen.programme)):
        says = f"{says} {phase_words.starts(event, then, at=at, reader_zone=reader_zone)}"
    open_now = [*now, *(one for one in following if _starts(one) - JOINS_BEFORE <= at)]
    join = next((one for one in open_now if one.has_link), None)
    return TheirDay(Phase.ON_NOW, says.strip(), now, following, join=join)


def _that_day(event: Event, theirs: tuple[SessionCard, ...], when: str, reader_zone: str) -> str:
    if not theirs:
        return _("You have no session %(day)s.") % {"day": when}
    told = {
        "day": when[:1].upper() + when[1:],
        "sessions": counted(len(theirs), "%(count)s session", "%(count)s sessions"),
        "clock": phase_words.clock(event, _starts(theirs[0]), reader_zone),
    }
    if len(theirs) == 1:
        return _("%(day)s: %(sessions)s, at %(clock)s.") % told
    return _("%(day)s: %(sessions)s, the first at %(clock)s.") % told


def theirs_of(own_ids: set[int], seen: Seen) -> list[SessionCard]:
    """Return what is theirs of the programme: what they have, and what is open to all at no time of those."""
    cards = [one for one in seen.programme.cards if one.is_published and one.starts_at]
    own = [one for one in cards if one.id in own_ids]
    return [
        one
        for one in cards
        if one.id in own_ids or (one.id not in seen.places and not any(overlap(one, mine) for mine in own))
    ]


def open_to_all(seen: Seen) -> list[SessionCard]:
    """Return the sessions at a time that nobody books, in order."""
    cards = (one for one in seen.programme.cards if one.is_published and one.starts_at)
    return [one for one in cards if one.id not in seen.places]


def _on(event: Event, cards: Iterable[SessionCard], day: date) -> tuple[SessionCard, ...]:
    return tuple(one for one in cards if today_of(event, _starts(one)) == day)


def _starts(card: SessionCard) -> datetime:
    assert card.starts_at is not None, "a live session"  # noqa: S101  # narrows the type
    return card.starts_at


def _ends(card: SessionCard) -> datetime:
    assert card.ends_at is not None, "a live session"  # noqa: S101  # narrows the type
    return card.ends_at
