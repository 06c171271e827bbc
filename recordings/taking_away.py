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
from recordings.models_takeaways import TEXTS
from recordings.refusals import RecordingRefused

State = TakeAway.State
#: In all; four minutes at 220 a minute.
MOST_WORDS: Final = 850
MOST_LINKS: Final = 10
#: How long after the event's last day is kept what was not published.
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
    return sum(any(map(str.isalnum, word)) for text in every for word in text.split())


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
    if there.seen != seen:
        raise TakeAwayChanged
    if there.draft is None and there.published and there.published.texts == dict(texts):
        return None
    draft = there.draft or TakeAway(session=row)
    if draft.pk and draft.texts == dict(texts):
        return draft
    for name in TEXTS:
        setattr(draft, name, texts[name])
    draft.state, draft.decided_at, draft.decided_by, draft.answer = State.WAITING, None, None, ""
    draft.host, draft.written_at, draft.version = host, at, draft.version + 1
    draft.save()
    trail.record(row, Act.TAKE_AWAY_WRITTEN, by=by, at=at, contributor=host.pk if host else None)
    return draft


@retried
def take_back(session: Session, *, host: Contributor | None, by: By, at: datetime) -> None:
    """Delete what waits or was not published; what is published stays. Twice is once."""
    row = _locked(session.pk)
    if TakeAway.objects.filter(session=row).exclude(state=State.PUBLISHED).delete()[0]:
        trail.record(row, Act.TAKE_AWAY_TAKEN_BACK, by=by, at=at, contributor=host.pk if host else None)


@retried
def publish(session: Session, *, seen: str, by: Member, at: datetime) -> None:
    """Let everybody read what waits, in place of what they read until then. Raises ``RecordingRefused``."""
    row, draft, there = _looked_at(session, seen)
    if not may_write(row, at):
        raise RecordingRefused(_("The session does not take place, so nothing of it can be published."))
    if there.published:
        there.published.delete()
    _decide(draft, State.PUBLISHED, "", by=by, at=at)
    trail.record(row, Act.TAKE_AWAY_PUBLISHED, by=by, at=at)


@retried
def leave(session: Session, *, answer: str, seen: str, by: Member, at: datetime) -> None:
    """Do not publish what waits, and say why: its hosts read it on their page. Raises ``TakeAwayChanged``."""
    row, draft, _there = _looked_at(session, seen)
    _decide(draft, State.LEFT, answer, by=by, at=at)
    trail.record(row, Act.TAKE_AWAY_LEFT, by=by, at=at)


@retried
def take_down(session: Session, *, host: Contributor | None, by: By, at: datetime) -> None:
    """Let nobody read it any more; twice is once. It is kept to be changed, unless something else waits."""
    row = _locked(session.pk)
    there = of(row)
    if there.published is None:
        return
    if there.draft:
        there.published.delete()
    else:
        _decide(there.published, State.LEFT, "", by=by if isinstance(by, Member) else None, at=at)
    trail.record(row, Act.TAKE_AWAY_TAKEN_DOWN, by=by, at=at, contributor=host.pk if host else None)


def forget(*, at: datetime) -> int:
    """Delete what was not published of events that are long over; return how many."""
    old = TakeAway.objects.filter(session__event__last_day__lt=(at - RETENTION).date())
    return old.exclude(state=State.PUBLISHED).delete()[0]


def _is_address(url: str) -> bool:
    try:
        _IS_ADDRESS(url)
    except ValidationError:
        return False
    return True


def _locked(pk: int) -> Session:
    return Session.objects.select_for_update(no_key=True, of=("self",)).select_related("event").get(pk=pk)


def _looked_at(session: Session, seen: str) -> tuple[Session, TakeAway, There]:
    row = _locked(session.pk)
    there = of(row)
    if there.draft is None or there.seen != seen:
        raise TakeAwayChanged
    return row, there.draft, there


def _decide(told: TakeAway, state: State, answer: str, *, by: Member | None, at: datetime) -> None:
    told.state, told.answer, told.decided_by, told.decided_at = state, answer, by, at
    told.save(update_fields=["state", "answer", "decided_by", "decided_at"])
