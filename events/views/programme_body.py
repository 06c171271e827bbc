"""The programme on its page, its filters and its sessions: made once for all to whom it looks the same.

How it is laid out is the same for all readers of one zone: it is kept in the memory of each process, with a
gap for each card, under everything that it shows: the version of the programme and its language, the filters,
the day, and which sessions have room. Each reader's cards are put into the gaps (``events.programme.cards``).
For whoever has no state of their own in it (visitors, members who are not registered) all of it is kept.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common.recent import Recent
from common.words import counted
from events.calls_to_action import Standing
from events.forms import ProgrammeFilterForm
from events.models import Event
from events.programme import cards, filters, layouts, reading
from events.programme.contents import Programme
from events.programme.filters import Filters, Options
from events.programme.layouts import Layout
from events.programme.reading import Item

TEMPLATE = "events/_programme.html"
SESSIONS = "events/_sessions.html"
#: So many bodies and layouts are kept in a process; a body of 300 sessions takes 700 kB, a layout 60.
_bodies: Recent[SafeString] = Recent(8)
_layouts: Recent[Layout] = Recent(32)
#: The same ones by the very places: which sessions have room need not be looked at while those stay.
_layouts_now: Recent[Layout] = Recent(8)


@dataclass(frozen=True)
class Body:
    """What is shown: the programme, each session as it is now, and what the reader asked to see."""

    programme: Programme
    items: list[Item]
    options: Options
    wanted: Filters

    @property
    def now(self) -> Hashable:
        """All that everybody sees of its sessions and that the programme does not say."""
        return tuple([(item.places, item.is_past) for item in self.items])

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is still to come: then nobody looks for free places."""
        return all(item.is_past for item in self.items if item.card.starts_at)


def body_html(body: Body, standing: Standing, request: HttpRequest) -> SafeString:
    """Write it: for whoever has states of their own with their buttons, for all others as it is kept."""
    if any(item.state for item in body.items):
        return _filled(body, standing, request)
    if body.wanted.q:
        return _filled(body, standing)
    return _bodies.get((_asked(body, standing), body.now), lambda: _filled(body, standing))


def _filled(body: Body, standing: Standing, request: HttpRequest | None = None) -> SafeString:
    return cards.laid_out(body.items, _layout(body, standing), request)


def _layout(body: Body, standing: Standing) -> Layout:
    """Return how it is laid out. Words that somebody looks for are anybody's guess: that is not kept."""
    if body.wanted.q:
        return _laid_out(body, standing)
    asked = _asked(body, standing)
    return _layouts_now.get((asked, body.now), lambda: _layout_by_room(asked, body, standing))


def _layout_by_room(asked: Hashable, body: Body, standing: Standing) -> Layout:
    has_room = tuple([item.has_room for item in body.items])
    return _layouts.get((asked, has_room, body.is_over), lambda: _laid_out(body, standing))


def _asked(body: Body, standing: Standing) -> Hashable:
    """Name the programme, and what of it is asked for."""
    event = standing.event
    about = (body.programme.token, event.slug, event.time_zone)
    return (*about, body.wanted, _zone(standing), timezone.localdate())


def _laid_out(body: Body, standing: Standing) -> Layout:
    return layouts.of_template(TEMPLATE, _context(body, standing))


def _zone(standing: Standing) -> str:
    """Return the reader's zone; where it is the event's, there is nothing to say of it."""
    return "" if standing.zone == standing.event.time_zone else standing.zone


def _context(body: Body, standing: Standing) -> dict[str, object]:
    event, wanted, options, items = standing.event, body.wanted, body.options, body.items
    shown = [layouts.gap(item) for item in items if wanted.match(item, event.zone)]
    counts = filters.counts_of(items, wanted, event.zone, access=dict(options.access))
    return {
        "programme_url": reverse("events:programme", args=[event.slug]),
        "filters": wanted,
        "filter_form": ProgrammeFilterForm(wanted, options, counts, is_over=body.is_over),
        "ways_out": [] if shown else list(filters.ways_out(items, wanted, options, event.zone)),
        "usual": body.programme.usual,
        "days": reading.days_of(shown, event, _zone(standing)),
        "on_demand": reading.on_demand_of(shown),
        "shown": len(shown),
        "result": _counted(len(shown), len(items)),
    }


def sessions_layout(event: Event, some: Programme, named: str, reader_zone: str) -> Layout:
    """Return how ``some`` of the sessions of a programme are laid out; ``named`` says which."""
    key = (some.token, named, event.slug, event.time_zone, reader_zone, timezone.localdate())
    return _layouts.get(key, lambda: _sessions_laid_out(event, some, reader_zone))


def _sessions_laid_out(event: Event, some: Programme, reader_zone: str) -> Layout:
    gaps = [layouts.gap(Item(card, None)) for card in some.cards]
    days = reading.days_of(gaps, event, reader_zone)
    on_demand = reading.on_demand_of(gaps)
    return layouts.of_template(SESSIONS, {"days": days, "on_demand": on_demand, "usual": some.usual})


def _counted(shown: int, total: int) -> str:
    sessions = counted(total, "%(count)s session", "%(count)s sessions")
    if shown == total:
        return sessions
    return _("%(shown)s of %(sessions)s") % {"shown": shown, "sessions": sessions}
