"""What to take away of a session: its hosts or the team write it, the team reads and publishes it.

One waits and one is published, never more of either: what everybody reads stays until the team has read what
takes its place. A save names what was on the screen, and so does a decision; a stale one changes nothing. It
is read in four minutes, so its words are counted. A host takes down themselves what is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from common import fingerprints
from common.transactions import retried
from common.words import in_digits
from events.models import Contributor, Event, Session
from members.models import Member
from recordings.models import TakeAway
from recordings.models_takeaways import TEXTS, words_in
from recordings.refusals import RecordingRefused

State = TakeAway.State
#: In all; four minutes at 220 a minute.
MOST_WORDS: Final = 850
MOST_LINKS: Final = 10
#: How long is kept what was not published, after the event's last day and after it was touched last.
RETENTION: Final = timedelta(days=90)
_IS_ADDRESS: Final = URLValidator(schemes=["https"])


class TakeAwayChanged(RecordingRefused):
    """Somebody has changed it, or decided, since it was shown."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody has changed it since you opened it, so nothing was done. This is how it is now.")
        )


@dataclass(frozen=True)
class There:
    """What there is of a session: published, and waiting or left; ``seen`` names both."""

    published: TakeAway | None
    draft: TakeAway | None

    @property
    def latest(self) -> TakeAway | None:
        """What somebody goes on writing."""
        return self.draft or self.published

    @property
    def texts(self) -> dict[str, str]:
        """Its texts; empty ones where nobody has written."""
        return self.latest.texts if self.latest else dict.fromkeys(TEXTS, "")

    @property
    def seen(self) -> str:
        """Name what is there."""
        return fingerprints.fingerprint(
            *((one.pk, one.version, one.state) if one else None for one in (self.published, self.draft))
        )


def of(session: Session) -> There:
    """Return what there is. One query."""
    rows = list(TakeAway.objects.filter(session=session).select_related("host", "decided_by").defer("search"))
    found = {one.state == State.PUBLISHED: one for one in rows}
    for one in rows:
        one.session = session
    return There(found.get(True), found.get(False))


def waits() -> list[TakeAway]:
    """Return what waits for the team, the first written first. One query."""
    rows = TakeAway.objects.filter(state=State.WAITING, session__status=Session.Status.PUBLISHED)
    found = rows.select_related("session__event", "host").defer("search").order_by("written_at", "pk")
    return list(found)


def may_write(session: Session, at: datetime) -> bool:
    """Whether there is something to take away: once it has begun, or at any time where it is on demand."""
    is_on = session.status == Session.Status.PUBLISHED and session.event.status != Event.Status.CANCELLED
    return is_on and (session.starts_at is None or session.has_started(at))


def count(texts: Mapping[str, str]) -> int:
    """Return how many words there are in all; signs alone and addresses of links are none."""
    links = [line.rpartition(" ")[0] for line in texts["links"].splitlines()]
    every = [*(texts[name] for name in TEXTS if name != "links"), *links]
    return sum(map(words_in, every))


def links_of(typed: str) -> str:
    """Return links as they are kept. Raises ``RecordingRefused``, which says which line is wrong."""
    lines = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    if len(lines) > MOST_LINKS:
        raise RecordingRefused(_("Name ten files and links at most."))
    for line in lines:
        title, _space, url = line.rpartition(" ")
        if not title or not _is_address(url):
            says = _(
                "Begin with what it is, then a space and its address, which begins with https://: “%(line)s”"
            )
            raise RecordingRefused(says % {"line": line[:80]})
    return "\n".join(lines)


@retried
def write(
    session: Session,
    texts: Mapping[str, str],
    *,
    seen: str,
    host: Contributor | None,
    by: By,
    at: datetime,
) -> TakeAway | None:
    """Keep what a host, or the team, would have everybody read; it waits. Raises ``RecordingRefused``.

    Returns ``None`` where that is published already: nothing waits then.
    """
    row = _locked(session.pk)
    if not may_write(row, at):
        raise RecordingRefused(_("It is written once the session has begun, and only while it takes place."))
    if (number := count(texts)) > MOST_WORDS:
        says = _("These are %(number)s words. Shorten them to %(most)s: it is read in four minutes.")
        raise RecordingRefused(says % {"number": in_digits(number), "most": MOST_WORDS})
    there = of(row)
    if there.latest and there.latest.texts == dict(texts) and there.latest.state != State.LEFT:
        return there.draft  # pressed twice, or published already
    if there.seen != seen:
        raise TakeAwayChanged
    draft = there.draft or TakeAway(session=row)
    for name in TEXTS:
        setattr(draft, name, texts[name])
    draft.state, draft.decided_at, draft.decided_by, draft.answer = State.WAITING, None, None, ""
    draft.host, draft.written_at, draft.version = host, at, draft.version + 1
    draft.save()
    trail.record(row, Act.TAKE_AWAY_WRITTEN, by=by, at=at, contributor=host.pk if host else None)
    return draft


@retried
def take_back(session: Session, *, seen: str, host: Contributor | None, by: By, at: datetime) -> None:
    """Delete what waits or was not published; what is published stays. Twice is once.

    Raises ``TakeAwayChanged``: what somebody else has written since is theirs.
    """
    row = _locked(session.pk)
    there = of(row)
    if there.draft is None:
        return
    if there.seen != seen:
        raise TakeAwayChanged
    there.draft.delete()
    trail.record(row, Act.TAKE_AWAY_TAKEN_BACK, by=by, at=at, contributor=host.pk if host else None)


@retried
def publish(session: Session, *, seen: str, by: Member, at: datetime) -> None:
    """Let everybody read what waits, in place of what they read until then; twice is once.

    Raises ``RecordingRefused``, also of what a host has taken down and not written anew.
    """
    row = _locked(session.pk)
    there = of(row)
    if there.draft is None and there.published and there.published.decided_by_id == by.pk:
        return
    draft = _looked_at(there, seen)
    if not may_write(row, at):
        raise RecordingRefused(_("The session does not take place, so nothing of it can be published."))
    if draft.is_withdrawn:
        raise RecordingRefused(_("A host took it down. It can be published once it is written anew."))
    if there.published:
        there.published.delete()
    _decide(draft, State.PUBLISHED, "", by=by, at=at)
    trail.record(row, Act.TAKE_AWAY_PUBLISHED, by=by, at=at)


@retried
def leave(session: Session, *, answer: str, seen: str, by: Member, at: datetime) -> None:
    """Do not publish what waits, and say why: its hosts read it on their page; twice is once.

    Raises ``TakeAwayChanged``.
    """
    row = _locked(session.pk)
    there = of(row)
    if there.draft and (there.draft.state, there.draft.answer) == (State.LEFT, answer):
        return
    draft = _looked_at(there, seen)
    _decide(draft, State.LEFT, answer, by=by, at=at)
    trail.record(row, Act.TAKE_AWAY_LEFT, by=by, at=at)


@retried
def take_down(session: Session, *, seen: str, host: Contributor | None, by: By, at: datetime) -> None:
    """Let nobody read it any more; twice is once. It is kept to be changed, unless something else waits.

    Raises ``TakeAwayChanged``. What a host takes down has no ``decided_by``, whoever they are.
    """
    row = _locked(session.pk)
    there = of(row)
    if there.published is None:
        return
    if there.seen != seen:
        raise TakeAwayChanged
    if there.draft:
        there.published.delete()
    else:
        decided = by if host is None and isinstance(by, Member) else None
        _decide(there.published, State.LEFT, "", by=decided, at=at)
    trail.record(row, Act.TAKE_AWAY_TAKEN_DOWN, by=by, at=at, contributor=host.pk if host else None)


def forget(*, at: datetime) -> int:
    """Delete what was not published of events that are long over, and is old itself; return how many."""
    since = at - RETENTION
    old = TakeAway.objects.filter(
        Q(decided_at=None) | Q(decided_at__lt=since),
        session__event__last_day__lt=since.date(),
        written_at__lt=since,
    )
    return old.exclude(state=State.PUBLISHED).delete()[0]


def _is_address(url: str) -> bool:
    try:
        _IS_ADDRESS(url)
    except ValidationError:
        return False
    return True


def _locked(pk: int) -> Session:
    return Session.objects.select_for_update(no_key=True, of=("self",)).select_related("event").get(pk=pk)


def _looked_at(there: There, seen: str) -> TakeAway:
    if there.draft is None or there.seen != seen:
        raise TakeAwayChanged
    return there.draft


def _decide(told: TakeAway, state: State, answer: str, *, by: Member | None, at: datetime) -> None:
    told.state, told.answer, told.decided_by, told.decided_at = state, answer, by, at
    told.save(update_fields=["state", "answer", "decided_by", "decided_at"])
