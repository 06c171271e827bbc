"""An event at a glance, for its own page and the front page: in figures, by day, and what can be done when.

All of it comes from the programme's common part, which is cached, and is kept in memory while that is the
same: no query for a session, however many there are. Only what is true is said: no captions are promised
for a session that has none.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext

from common.recent import Recent
from common.words import in_a_row, in_digits
from events.calls_to_action import Standing
from events.models import Event, Registration, Session
from events.phases import phase_of
from events.programme import reading
from events.programme.contents import Programme, SessionCard
from events.programme.reading import Item, ProgrammeSlot
from members.models import Member

Format = Session.Format
SHAPE = "events/_shape.html"
#: What stands beside the head of the page: their agenda, what happens next, or the facts.
AGENDA, NEXT, FACTS = "agenda", "next", "facts"
#: One and several of each format, in the middle of a sentence.
KINDS: dict[str, Any] = {
    Format.WORKSHOP: ngettext_lazy("%(count)s workshop", "%(count)s workshops", "count"),
    Format.TALK: ngettext_lazy("%(count)s talk", "%(count)s talks", "count"),
    Format.PANEL: ngettext_lazy("%(count)s panel", "%(count)s panels", "count"),
    Format.PLENARY: ngettext_lazy("%(count)s plenary", "%(count)s plenaries", "count"),
    Format.MARKETPLACE: ngettext_lazy("%(count)s marketplace", "%(count)s marketplaces", "count"),
    Format.NETWORKING: ngettext_lazy(
        "%(count)s networking session", "%(count)s networking sessions", "count"
    ),
    Format.ON_DEMAND: ngettext_lazy("%(count)s session on demand", "%(count)s sessions on demand", "count"),
}
OTHER_KIND = ngettext_lazy("%(count)s session", "%(count)s sessions", "count")
#: How many formats are named where there is little room, "more" being one of them.
KINDS_NAMED = 3


@dataclass(frozen=True)
class OverviewRow:
    """What starts at one moment: ``only`` is a session that stands alone, ``kinds`` says what many are."""

    slot: ProgrammeSlot
    only: SessionCard | None
    kinds: str


@dataclass(frozen=True)
class OverviewDay:
    """One day of the event in rows; ``id`` is that of the day on the programme's page."""

    id: str
    title: str
    rows: tuple[OverviewRow, ...]


@dataclass(frozen=True)
class Overview:
    """How much is on, of which kinds, what makes it easier to take part, the days, beginning and end.

    The moments are those of the first and the last session, where they lie on the event's own first and last
    day: a programme that is not whole yet does not say when the event begins.
    """

    sessions: int
    kinds: tuple[str, ...]
    access: tuple[str, ...]
    days: tuple[OverviewDay, ...]
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    #: The days as pages show them.
    shape: SafeString = SafeString("")  # noqa: RUF009  # a text

    @property
    def kinds_in_short(self) -> str:
        """Name the kinds of which there is most: "16 workshops, 3 plenaries and more"."""
        if len(self.kinds) <= KINDS_NAMED:
            return in_a_row(self.kinds)
        return in_a_row([*self.kinds[: KINDS_NAMED - 1], pgettext("at the end of a list of kinds", "more")])


@dataclass(frozen=True)
class Window:
    """When something can be done: ``label`` names it, ``words`` say how it stands, up to or from ``at``.

    ``is_booking``: of sessions; otherwise it is registering.
    """

    label: str
    words: str
    at: datetime | None = None
    is_booking: bool = False
    opens: bool = False
    has_closed: bool = False


def overview_of(event: Event, reader_zone: str = "", common: Programme | None = None) -> Overview:
    """Look at the programme of ``event``, where it was not loaded before; what was cancelled is left out."""
    programme = common or reading.load(event)
    # Days are named by how near they are to the day of asking.
    about = (event.slug, event.time_zone, event.first_day, event.last_day)
    return _overviews.get(
        (programme.token, *about, reader_zone, timezone.localdate()),
        lambda: _overview(event, programme, reader_zone),
    )


_overviews: Recent[Overview] = Recent(32)


def _overview(event: Event, programme: Programme, reader_zone: str) -> Overview:
    cards = [card for card in programme.cards if card.is_published]
    by_day = reading.days_of((Item(card, None) for card in cards), event, reader_zone)
    days = tuple(OverviewDay(day.id, day.title, tuple(_row(slot) for slot in day.slots)) for day in by_day)
    return Overview(
        sessions=len(cards),
        kinds=tuple(_kinds(cards)),
        access=tuple(_access(cards)),
        days=days,
        starts_at=_begins(event, cards),
        ends_at=_ends(event, cards),
        shape=render_to_string(SHAPE, {"slug": event.slug, "days": days}),
    )


def hero_panel(standing: Standing, *, at: datetime, common: Programme | None = None) -> str:
    """Return what matters most to this reader, to stand beside the head of the page."""
    event = standing.event
    if standing.is_registered:
        return AGENDA
    if standing.registration is not None and standing.registration.status == Registration.Status.RECEIVED:
        is_over = phase_of(event, at=at, common=common).is_over
        return FACTS if is_over or not event.is_published else NEXT
    is_waiting = standing.member is not None and standing.member.membership == Member.Membership.WAITING
    is_for_her = event.audience == Event.Audience.MEMBERS and event.registration_is_open(at)
    return NEXT if is_waiting and is_for_her else FACTS


def windows(event: Event, *, at: datetime, common: Programme | None = None) -> list[Window]:
    """Return how registration and booking stand; nothing once there is nothing left to do."""
    if not event.is_published or phase_of(event, at=at, common=common).is_over:
        return []
    return [
        _window(_("Registration"), event.registration_opens_at, event.registration_closes_at, at),
        replace(
            _window(_("Booking of sessions"), event.booking_opens_at, event.booking_closes_at, at),
            is_booking=True,
        ),
    ]


def _window(label: str, opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> Window:
    if opens_at is not None and at < opens_at:
        return Window(label, _("Opens"), opens_at, opens=True)
    if closes_at is None:
        return Window(label, _("Open now"))
    if at >= closes_at:
        return Window(label, _("Closed"), has_closed=True)
    return Window(label, _("Open until"), closes_at)


def _begins(event: Event, cards: list[SessionCard]) -> datetime | None:
    first = min((card.starts_at for card in cards if card.starts_at), default=None)
    is_first_day = first is not None and first.astimezone(event.zone).date() == event.first_day
    return first if is_first_day else None


def _ends(event: Event, cards: list[SessionCard]) -> datetime | None:
    last = max((card.ends_at for card in cards if card.ends_at), default=None)
    is_last_day = last is not None and last.astimezone(event.zone).date() >= event.last_day
    return last if is_last_day else None


def _row(slot: ProgrammeSlot) -> OverviewRow:
    cards = [item.card for item in slot.items]
    return OverviewRow(slot, cards[0] if len(cards) == 1 else None, in_a_row(_kinds(cards)))


def _kinds(cards: Iterable[SessionCard]) -> list[str]:
    """Name what there is of each format, most first: "16 workshops"."""
    formats = Counter(card.format for card in cards).most_common()
    return [KINDS.get(one, OTHER_KIND) % {"count": number} for one, number in formats]


def _access(cards: list[SessionCard]) -> list[str]:
    live = [card for card in cards if card.starts_at]
    facts = (
        (_("Live captions"), [card.has_captions for card in live]),
        (_("BSL interpreter"), [card.has_sign_language for card in live]),
        (_("Recorded"), [card.is_recorded for card in live]),
    )
    return [_how_many(words, which) for words, which in facts if any(which)]


def _how_many(fact: str, which: list[bool]) -> str:
    if all(which):
        return _("%(fact)s: every live session") % {"fact": fact}
    words = ngettext(
        "%(fact)s: %(some)s of %(every)s live session",
        "%(fact)s: %(some)s of %(every)s live sessions",
        len(which),
    )
    return words % {"fact": fact, "some": in_digits(sum(which)), "every": in_digits(len(which))}
