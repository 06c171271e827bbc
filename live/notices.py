"""What staff say to everybody who looks, while the event is on.

One notice stands for the event, and one of each kind for a session; another takes its place. It ends at a
moment, or when it is taken down. Putting up and taking down raise the programme's version, so that every page
has it at once, and no page asks for notices until that has changed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import trail
from audit.acts import Act
from common.fingerprints import fingerprint
from common.recent import Recent
from common.refusals import Refusal
from common.transactions import retried
from events.models import Event, Session
from events.phases import DAY, RUNS_LATE, today_of
from events.programme.cache_version import raise_version
from live.models import Notice
from live.models_notices import MOST_WORDS
from members.models import Member

Kind = Notice.Kind
#: One press puts up one of these.
PREPARED: Final = (
    gettext_lazy("The site has trouble. We are working on it, and your places are safe."),
    gettext_lazy("The meeting service has trouble. If a link fails, use the telephone dial-in beside it."),
    gettext_lazy("Everything runs a few minutes late. Please stay with us."),
)
#: How long one stands where nobody says until when.
STANDS: Final = timedelta(hours=1)
#: Who presses the same twice within it means it once.
PRESSED_AGAIN: Final = timedelta(minutes=1)
#: How long its row stays, with who put it up.
RETENTION: Final = timedelta(days=90)


class NoticeRefused(Refusal):
    """An expected no."""


@dataclass(frozen=True)
class Shown:
    """A notice as pages show it."""

    pk: int
    session_id: int | None
    kind: str
    words: str
    set_at: datetime
    ends_at: datetime


@retried
def put(
    event: Event,
    words: str,
    *,
    session: Session | None = None,
    kind: str = Kind.WORDS,
    ends_at: datetime | None = None,
    by: Member,
    at: datetime,
) -> Notice:
    """Put up a notice in place of the one that stands there; the same twice is one.

    Raises ``NoticeRefused`` where it says nothing or too much, ends before it begins, or the event is not on.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    words, ends_at = " ".join(words.split()), ends_at or at + STANDS
    _check(event, words, ends_at, at)
    here = Notice.objects.standing().filter(event=event, session=session, kind=kind)
    standing = here.first()
    if standing is not None and standing.words == words and at < standing.ends_at > ends_at - PRESSED_AGAIN:
        return standing
    here.update(taken_down_at=at)
    notice = Notice.objects.create(
        event=event, session=session, kind=kind, words=words, set_at=at, set_by=by, ends_at=ends_at
    )
    trail.record(session or event, Act.NOTICE_PUT_UP, by=by, at=at, notice=notice.pk)
    raise_version(event.pk)
    return notice


@retried
def take_down(event: Event, pk: int, *, by: Member, at: datetime) -> bool:
    """Take a notice of the event down; return whether it stood. Twice is once."""
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    notice = Notice.objects.standing().filter(event=event, pk=pk).select_related("session").first()
    if notice is None:
        return False
    notice.taken_down_at = at
    notice.save(update_fields=["taken_down_at"])
    trail.record(notice.session or event, Act.NOTICE_TAKEN_DOWN, by=by, at=at, notice=notice.pk)
    raise_version(event.pk)
    return True


def current(event: Event, *, at: datetime) -> tuple[Shown, ...]:
    """Return the notices that stand at this moment, the event's own first, then the latest first.

    ``event`` was read before; one query where its programme has changed since, else none.
    """
    return tuple(one for one in _standing(event) if one.ends_at > at)


def version(event: Event, *, at: datetime) -> str:
    """Name the notices that stand now: a page that carries another name is out of date. See ``current``."""
    return fingerprint([(one.pk, one.ends_at) for one in current(event, at=at)])


def forget(*, at: datetime) -> int:
    """Delete notices that ended long ago; return how many."""
    return Notice.objects.filter(ends_at__lte=at - RETENTION).delete()[0]


def is_time(event: Event, *, at: datetime) -> bool:
    """Whether notices are put up: from the day before the event to the day after it."""
    today = today_of(event, at)
    return event.is_published and event.first_day - DAY <= today <= event.last_day + DAY


def of_a_session_until(session: Session) -> datetime:
    """Return the moment from which nothing is left to say about a session: when nobody joins it any more."""
    if session.ends_at is None:
        raise NoticeRefused(_("It has no time, so nothing of it runs late."))
    return session.ends_at + RUNS_LATE


_kept: Recent[tuple[Shown, ...]] = Recent(16)


def _standing(event: Event) -> tuple[Shown, ...]:
    return _kept.get((event.pk, event.version), lambda: _read(event))


def _read(event: Event) -> tuple[Shown, ...]:
    rows = Notice.objects.standing().filter(event=event)
    found = [
        Shown(one.pk, one.session_id, one.kind, one.words, one.set_at, one.ends_at)
        for one in rows.order_by("-set_at", "-pk")
    ]
    return tuple(sorted(found, key=lambda one: one.session_id is not None))


def _check(event: Event, words: str, ends_at: datetime, at: datetime) -> None:
    if not words:
        raise NoticeRefused(_("Choose a sentence, or write your own."))
    if len(words) > MOST_WORDS:
        raise NoticeRefused(
            _("A notice has at most %(most)s characters: say the rest in an announcement.")
            % {"most": MOST_WORDS}
        )
    if ends_at <= at:
        raise NoticeRefused(_("That moment is past: choose a later one."))
    if not is_time(event, at=at):
        raise NoticeRefused(
            _("Notices stand from the day before the event to the day after it. Write an announcement.")
        )
