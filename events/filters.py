"""Filters of the programme: read from the address, matched on what is loaded.

No text from an address reaches the database, and a value that names nothing is ignored, so an old or
hostile link shows the programme and never an error.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import QueryDict

from events.models import Event, Session
from events.programme import Card, Item, Programme
from members.times import format_day

#: Value and words of each option.
Choices = list[tuple[str, str]]
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Options:
    """What the programme of an event can be filtered by."""

    themes: Choices
    formats: Choices
    days: Choices


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see; empty means everything."""

    theme: str = ""
    format: str = ""
    day: str = ""
    places: bool = False
    q: str = ""

    def __bool__(self) -> bool:
        return bool(self.theme or self.format or self.day or self.places or self.q)

    def match(self, item: Item, zone: ZoneInfo) -> bool:
        """Whether a session is among what was asked for: every filter, and every word."""
        card = item.card
        return (
            (not self.theme or self.theme in card.themes)
            and (not self.format or self.format == card.format)
            and (not self.day or self.day == card.day(zone))
            and (not self.places or item.has_room)
            and all(word in card.words for word in self.q.casefold().split())
        )


def options_of(programme: Programme, event: Event) -> Options:
    """Return the options that the programme has: its own themes, formats and days, in its order."""
    formats = {card.format for card in programme.cards}
    days = {card.day(event.zone): card for card in programme.cards}
    return Options(
        themes=[(theme.slug, theme.title) for theme in programme.themes],
        formats=[(value, str(label)) for value, label in Session.Format.choices if value in formats],
        days=[(day, _day_of(card, event.zone)) for day, card in days.items()],
    )


def _day_of(card: Card, zone: ZoneInfo) -> str:
    return format_day(card.starts_at.astimezone(zone).date()) if card.starts_at else "On demand"


def read(query: QueryDict, options: Options) -> Filters:
    """Read the filters from an address, whatever stands in it."""
    return Filters(
        theme=_known(query.get("theme"), options.themes),
        format=_known(query.get("format"), options.formats),
        day=_known(query.get("day"), options.days),
        places=bool(query.get("places")),
        q=" ".join((query.get("q") or "").replace("\0", " ").split())[:LONGEST_SEARCH],
    )


def _known(value: str | None, choices: Choices) -> str:
    return value if value and any(value == known for known, _ in choices) else ""
