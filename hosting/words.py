"""Hosts change the words of their session until a day; the session says so once the team has taken them.

What they save waits, one such change a session, whichever of its hosts wrote it: members read nothing that
the team has not seen. A save names what was seen, of the session and of what waits; so does taking. A stale
one changes nothing. The team takes a change, leaves it out, or puts back what it has taken; nobody is mailed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common import fingerprints
from common.transactions import retried
from events.models import Event, Session
from hosting.access import HostingRefused, Reader
from hosting.models import Rewording
from hosting.models_words import WORDS
from hosting.people import seen_by
from members.models import Member
from workshops.programme import changes

State = Rewording.State
#: How long after the event's last day it is known what hosts had changed.
RETENTION = timedelta(days=90)


class WordsClosed(HostingRefused):
    """The day has passed, or the session does not take place."""

    def __init__(self) -> None:
        super().__init__(_("The words of this session cannot be changed here any more. Write to the team."))


class WordsHaveChanged(HostingRefused):
    """Somebody else has changed them since they were shown."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody has changed these words since you opened them. Nothing is saved yet: compare first.")
        )


class RewordingChanged(HostingRefused):
    """The host or the session says something else than was looked at, or a colleague was quicker."""

    def __init__(self) -> None:
        super().__init__("It has changed since you looked, so nothing was done. This is how it is now.")


@dataclass(frozen=True)
class Words:
    """What a host changes: the words as they would be, what the session says, and what names both.

    ``latest`` is the last change by hosts, which may wait.
    """

    wanted: dict[str, str]
    now: dict[str, str]
    seen: str
    latest: Rewording | None


def closes_at(event: Event) -> datetime:
    """Return the moment from which hosts change nothing more: the end of the day, by the event's clock."""
    return datetime.combine(event.host_words_last_day + timedelta(days=1), time.min, tzinfo=event.zone)


def may_change(session: Session, at: datetime) -> bool:
    """Whether hosts may change the words of the session at this moment."""
    event = session.event
    is_on = session.status != Session.Status.CANCELLED and event.status != Event.Status.CANCELLED
    return is_on and at < closes_at(event) and not event.is_past(at)


def words_of(session: Session) -> Words:
    """Return what a host finds: what waits, else what the session says. One query."""
    latest = Rewording.objects.filter(session=session).select_related("host", "decided_by").first()
    now = _now(session)
    wanted = now
    if latest is not None and latest.is_waiting:
        wanted = now | {name: getattr(latest, name) for name in latest.changed}
    return Words(wanted, now, _seen(session, latest), latest)


@retried
def change(
    session: Session, reader: Reader, wanted: Mapping[str, str], *, seen: str, at: datetime
) -> Rewording | None:
    """Keep what a host would have the session say; ``None`` where it says that already: nothing waits then.

    Raises ``NotTheirs``, ``NotAgreed``, ``WordsClosed`` and ``WordsHaveChanged``.
    """
    part = seen_by(session, reader, at=at)
    row = _locked(session.pk)
    if not may_change(row, at):
        raise WordsClosed
    there = words_of(row)
    if there.seen != seen:
        raise WordsHaveChanged
    waiting = there.latest if there.latest and there.latest.is_waiting else None
    if dict(wanted) == there.wanted:
        return waiting
    told = waiting or Rewording(session=row)
    for name in WORDS:
        setattr(told, name, wanted[name])
        setattr(told, f"{name}_before", there.now[name])
    told.host, told.written_at, told.version = part.contributor, at, told.version + 1
    if not told.changed:
        told.delete()
        trail.record(row, Act.HOST_UNWORDED, by=reader.by, at=at, contributor=part.contributor.pk)
        return None
    told.save()
    trail.record(row, Act.HOST_REWORDED, by=reader.by, at=at, contributor=part.contributor.pk)
    return told


@retried
def take(pk: int, *, seen: str, by: Member, at: datetime) -> Session:
    """Let the session say what waits; whoever has a place is not mailed. Raises ``RewordingChanged``."""
    told, session = _looked_at(pk, seen)
    for name in told.changed:
        setattr(told, f"{name}_before", getattr(session, name))
        setattr(session, name, getattr(told, name))
    changes.save_session(session, by=by, at=at)
    _decide(told, State.TAKEN, Act.REWORDING_TAKEN, by, at)
    return session


@retried
def leave(pk: int, *, seen: str, by: Member, at: datetime) -> Session:
    """Leave the session as it is. Raises ``RewordingChanged``."""
    told, session = _looked_at(pk, seen)
    _decide(told, State.LEFT, Act.REWORDING_LEFT, by, at)
    return session


@retried
def put_back(pk: int, *, by: Member, at: datetime) -> Session:
    """Let the session say again what it said before it was taken.

    Raises ``RewordingChanged`` where it says something else by now.
    """
    told, session = _both(pk)
    if not can_be_put_back(told, session):
        raise RewordingChanged
    for name in told.changed:
        setattr(session, name, getattr(told, f"{name}_before"))
    changes.save_session(session, by=by, at=at)
    _decide(told, State.PUT_BACK, Act.REWORDING_PUT_BACK, by, at)
    return session


def can_be_put_back(told: Rewording, session: Session) -> bool:
    """Whether it was taken, and the session still says so."""
    return told.state == State.TAKEN and is_said(told, _now(session))


def is_said(told: Rewording, now: Mapping[str, str]) -> bool:
    """Whether these words say all that the host would change."""
    return all(now[name] == getattr(told, name) for name in told.changed)


def crossing(told: Rewording, now: Mapping[str, str]) -> list[str]:
    """Return which of the words that wait to be changed say something else than when the host wrote."""
    if not told.is_waiting:
        return []
    return [
        name
        for name in told.changed
        if now[name] not in (getattr(told, f"{name}_before"), getattr(told, name))
    ]


def waits(at: datetime) -> "list[Rewording]":
    """Return what waits for the team, of sessions still to come, the first written first. One query."""
    ahead = Rewording.objects.filter(
        state=State.WAITING,
        session__event__status__in=[Event.Status.DRAFT, Event.Status.PUBLISHED],
        session__event__last_day__gte=timezone.localdate(at),
    ).exclude(session__status=Session.Status.CANCELLED)
    return list(ahead.select_related("session__event", "host").order_by("written_at", "pk"))


def forget(*, at: datetime) -> int:
    """Forget what hosts had changed for events that are long over; return how many."""
    old = Rewording.objects.filter(session__event__last_day__lt=(at - RETENTION).date())
    return old.delete()[0]


def plain(name: str, words: str) -> str:
    """Return words as a host's form keeps them: a summary in one line, in others a line break as one sign."""
    return " ".join(words.split()) if name == "summary" else words.replace("\r\n", "\n").strip()


def _now(session: Session) -> dict[str, str]:
    return {name: plain(name, getattr(session, name)) for name in WORDS}


def _seen(session: Session, latest: Rewording | None) -> str:
    waiting = latest and latest.is_waiting and (latest.pk, latest.version)
    return fingerprints.fingerprint(waiting, _now(session))


def _locked(pk: int) -> Session:
    return Session.objects.select_for_update(no_key=True, of=("self",)).select_related("event").get(pk=pk)


def _both(pk: int) -> tuple[Rewording, Session]:
    """Lock the session, then look at the change. Raises ``RewordingChanged`` where it is gone."""
    session_id = Rewording.objects.filter(pk=pk).values_list("session", flat=True).first()
    session = _locked(session_id) if session_id else None
    told = Rewording.objects.filter(pk=pk).first()
    if session is None or told is None:
        raise RewordingChanged
    return told, session


def _looked_at(pk: int, seen: str) -> tuple[Rewording, Session]:
    told, session = _both(pk)
    if not told.is_waiting or _seen(session, told) != seen:
        raise RewordingChanged
    return told, session


def _decide(told: Rewording, state: State, act: Act, by: Member, at: datetime) -> None:
    told.state, told.decided_by, told.decided_at = state, by, at
    told.save()
    trail.record(told.session, act, by=by, at=at, contributor=told.host_id)
