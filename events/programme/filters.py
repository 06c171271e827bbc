"""Filters of the programme: read from the address, matched on what is loaded.

A value that names nothing is ignored, so an old or hostile link shows the programme and never an error.
Words are compared as people type them (``common.folding``).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from common import folding
from common.recent import Recent
from common.times import format_day
from events.models import Event, Session
from events.programme.access_features import FILTERS
from events.programme.contents import Programme, SessionCard
from events.programme.reading import Item

#: Value and words of each option.
Choices = list[tuple[str, str]]
MAX_SEARCH_CHARS = 100


@dataclass(frozen=True)
class Options:
    """What the programme of an event can be filtered by."""

    themes: Choices
    formats: Choices
    days: Choices
    #: Names and words of what some sessions have that makes it easier to take part, and others have not.
    access: Choices = field(default_factory=list)


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see; empty means everything."""

    theme: str = ""
    format: str = ""
    day: str = ""
    places: bool = False
    q: str = ""
    #: The words of ``q``, which must stand in a session.
    words: tuple[str, ...] = ()
    #: The names of ``access_features.FILTERS`` that a session must pass.
    access: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(self.asked.values())

    @property
    def asked(self) -> dict[str, str | bool]:
        """The filters by their names in the address."""
        return {
            "theme": self.theme,
            "format": self.format,
            "day": self.day,
            "places": self.places,
            **{name: True for name in FILTERS if name in self.access},
            "q": self.q,
        }

    @property
    def query(self) -> str:
        """The address's part after the question mark, with what is filtered and no more; or empty."""
        asked = {name: "on" if value is True else value for name, value in self.asked.items() if value}
        return f"?{urlencode(asked)}" if asked else ""

    def without(self, name: str) -> "Filters":
        """Return the same without one of them."""
        if name in FILTERS:
            return replace(self, access=self.access - {name})
        names = ("q", "words") if name == "q" else (name,)
        return replace(self, **{one: getattr(Filters(), one) for one in names})

    def match(self, item: Item, zone: ZoneInfo) -> bool:
        """Whether a session is among what was asked for: every filter, and every word."""
        card = item.card
        return (
            (not self.theme or self.theme in card.themes)
            and (not self.format or self.format == card.format)
            and (not self.day or self.day == card.day(zone))
            and (not self.places or item.has_room)
            and self.access <= card.access
            and all(word in card.words for word in self.words)
        )


#: How many sessions each value of each filter would leave, beside what else is asked; "" is any value.
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class WayOut:
    """One filter to leave out where nothing matches: its words, the address, and how many that shows."""

    label: str
    query: str
    number: int


def counts_of(items: Sequence[Item], asked: Filters, zone: ZoneInfo, *, access: Iterable[str] = ()) -> Counts:
    """Count what each option would leave, given the other filters; ``access`` names those about access."""
    names = ("theme", "format", "day", "places", *access)
    return {name: _count(items, asked.without(name), name, zone) for name in names}


def _count(items: Iterable[Item], others: Filters, name: str, zone: ZoneInfo) -> Counter[str]:
    left = [item for item in items if others.match(item, zone)]
    counts = Counter(value for item in left for value in _values(item, name, zone))
    counts[""] = len(left)
    return counts


def _values(item: Item, name: str, zone: ZoneInfo) -> Iterable[str]:
    """Return the values of one filter that a session has."""
    if name == "theme":
        return item.card.themes
    if name == "places":
        return ("on",) if item.has_room else ()
    if name in FILTERS:
        return ("on",) if name in item.card.access else ()
    return (item.card.day(zone) if name == "day" else item.card.format,)


def ways_out(items: Sequence[Item], asked: Filters, options: Options, zone: ZoneInfo) -> Iterator[WayOut]:
    """Yield the filters without which something would match, where all of them together match nothing."""
    for name, value in asked.asked.items():
        fewer = asked.without(name)
        number = sum(fewer.match(item, zone) for item in items) if value else 0
        if number:
            yield WayOut(_in_words(name, str(value), options), fewer.query, number)


def _in_words(name: str, value: str, options: Options) -> str:
    if name == "places":
        return _("With free places")
    if name in FILTERS:
        return str(FILTERS[name][2])
    known = dict({"theme": options.themes, "format": options.formats, "day": options.days}.get(name, []))
    return known.get(value, value)


def options_of(programme: Programme, event: Event) -> Options:
    """Return the options that the programme has: its own themes, formats and days, in its order."""
    # Days are named by how near they are to the day of asking.
    key = (programme.token, event.time_zone, timezone.localdate())
    return _options.get(key, lambda: _options_of(programme, event))


_options: Recent[Options] = Recent(16)


def _options_of(programme: Programme, event: Event) -> Options:
    formats = {card.format for card in programme.cards}
    days = {card.day(event.zone): card for card in programme.cards}
    return Options(
        themes=[(theme.slug, theme.title) for theme in programme.themes],
        formats=[(value, str(label)) for value, label in Session.Format.choices if value in formats],
        days=[(day, _day_of(card, event.zone)) for day, card in days.items()],
        access=[
            (name, str(words))
            for name, (_field, _wanted, words) in FILTERS.items()
            if len({name in card.access for card in programme.cards if card.starts_at}) > 1
        ],
    )


def _day_of(card: SessionCard, zone: ZoneInfo) -> str:
    return format_day(card.starts_at.astimezone(zone).date()) if card.starts_at else _("On demand")


def parse_filters(query: QueryDict, options: Options) -> Filters:
    """Read the filters from an address, whatever stands in it. One query where it has words."""
    q = " ".join((query.get("q") or "").replace("\0", " ").split())[:MAX_SEARCH_CHARS]
    return Filters(
        theme=_known(query.get("theme"), options.themes),
        format=_known(query.get("format"), options.formats),
        day=_known(query.get("day"), options.days),
        places=bool(query.get("places")),
        access=frozenset(name for name, _words in options.access if query.get(name)),
        q=q,
        words=folding.words(q),
    )


def _known(value: str | None, choices: Choices) -> str:
    return value if value and any(value == known for known, _ in choices) else ""
