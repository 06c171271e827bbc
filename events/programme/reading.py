"""Reading the programme of an event.

What is the same for every reader (each session's card without places, buttons or the present moment)
is made once and cached under the event's version, for all processes and ready in the memory of each;
places and the reader's own states come fresh, one query each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache as remembered
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db.models import Prefetch
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import folding, times
from common.fingerprints import release
from common.recent import Recent
from common.statements import Statement
from common.words import in_heading
from events.models import Event, Registration, Session, SessionContributor, Theme
from events.places_seen import PlacesSeen
from events.programme import access_features, contents, time_slots
from events.programme.contents import Programme, SessionCard, ThemeOn
from events.programme.states import Seen, states_of
from events.programme.time_slots import Heading, ProgrammeDay, Span

CARD_TEMPLATE = "events/_card_text.html"
PLACES_TEMPLATE = "components/places.html"
#: What the words of a card are made by, besides this file.
MAKERS = (contents.__file__, access_features.__file__, times.__file__, folding.__file__)
HOUR = 3600


@dataclass(frozen=True)
class Item:
    """A card with its places as they are now (``None``: not booked) and what the session is to the reader."""

    card: SessionCard
    places: PlacesSeen | None
    state: Any = None
    is_past: bool = False
    #: Its whole card where it is written already (``events.programme.cards``).
    ready: SafeString | None = None

    @property
    def anchor(self) -> str:
        """The id of its card on the page."""
        return self.card.anchor

    @property
    def says_notes(self) -> bool:
        """Whether its card says what became of an act on it; elsewhere the page has to."""
        return bool(self.state) and self.card.is_published and not self.is_past

    @cached_property
    def heard(self) -> str:
        """Its places in words, or that it is cancelled, as its heading ends for who cannot see them."""
        if not self.card.is_published:
            return _("cancelled")
        return in_heading(self.places.in_words) if self.places is not None else ""

    @property
    def places_html(self) -> SafeString:
        """The places in words; a programme says the same few words hundreds of times."""
        return (
            SafeString("") if self.places is None else _places_html(self.places.in_words, self.places.is_full)
        )

    @property
    def has_room(self) -> bool:
        """Whether one more person could take part."""
        return (
            self.card.is_published and not self.is_past and (self.places is None or not self.places.is_full)
        )


@dataclass(frozen=True)
class ProgrammeSlot:
    """The sessions that start at one moment."""

    id: str
    title: str
    length: str
    note: str
    items: tuple[Item, ...]


def load(event: Event) -> Programme:
    """Return the common part: from memory, from the cache, or in five queries. ``event`` was read before.

    What the cache names by its token only is in memory: an emptied cache has everything read anew.
    """
    key = f"programme:{release(*_makers())}:{event.pk}:{event.version}:{get_language()}"
    token: str | None = cache.get(f"{key}:token")
    if token is not None:
        return _in_memory.get(token, lambda: cache.get(key) or _read(event))
    programme = _read(event)
    cache.set_many({key: programme, f"{key}:token": programme.token}, HOUR)
    return _in_memory.get(programme.token, lambda: programme)


#: So many programmes are ready in each process: one of 300 sessions takes a megabyte.
_in_memory: Recent[Programme] = Recent(8)


@remembered
def _makers() -> tuple[Path, ...]:
    """Return the files that make cards, so that a new release never reads an old one's."""
    template = str(get_template(CARD_TEMPLATE).origin)  # type: ignore[attr-defined]  # both engines have it
    return tuple(Path(path) for path in (__file__, template, *MAKERS))


def _read(event: Event) -> Programme:
    people = SessionContributor.objects.select_related("contributor")
    sessions = list(
        Session.objects.filter(event=event)
        .public()
        .in_order()
        .prefetch_related("themes", Prefetch("session_contributors", queryset=people))
    )
    usual = access_features.usual(session for session in sessions if session.is_published)
    ends: dict[datetime | None, set[datetime | None]] = defaultdict(set)
    for session in sessions:
        ends[session.starts_at].add(session.ends_at)
    words = {session.pk: _words_of(session) for session in sessions}
    plain = folding.name_folded(words.values())
    return Programme(
        cards=tuple(
            _card(
                event,
                session,
                usual,
                names_its_time=len(ends[session.starts_at]) > 1,
                words=plain[words[session.pk]],
            )
            for session in sessions
        ),
        themes=_themes(event, sessions),
        usual=usual,
    )


def _themes(event: Event, sessions: Iterable[Session]) -> tuple[ThemeOn, ...]:
    published = (session for session in sessions if session.is_published)
    numbers = Counter(theme.slug for session in published for theme in session.themes.all())
    rows = Theme.objects.filter(event=event).values_list("slug", "title", "summary", "colour")
    return tuple(ThemeOn(*row, numbers[row[0]]) for row in rows)


def _words_of(session: Session) -> str:
    """Return all that the programme's box of words looks in."""
    people = [part.contributor for part in session.session_contributors.all()]
    words = [session.title, session.summary, session.description, session.room, session.get_format_display()]
    words += [theme.title for theme in session.themes.all()]
    words += [f"{person.name} {person.organisation}" for person in people]
    return "\n".join(words)


def _card(
    event: Event, session: Session, usual: tuple[str, ...], *, names_its_time: bool, words: str
) -> SessionCard:
    """Make a card; it names its time only where its slot's heading does not say it."""
    people = [part.contributor for part in session.session_contributors.all()]
    themes = session.themes.all()
    about = {"session": session, "event": event, "people": people, "names_its_time": names_its_time}
    html = get_template(CARD_TEMPLATE).render(about | {"facts": access_features.own(session, usual)})
    return SessionCard(
        id=session.pk,
        slug=session.slug,
        title=session.title,
        format=session.format,
        themes=tuple(theme.slug for theme in themes),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        booking_opens_at=session.booking_opens_at,
        booking_closes_at=session.booking_closes_at,
        is_published=session.is_published,
        room=session.room,
        has_captions=session.has_captions,
        has_sign_language=session.has_sign_language,
        is_recorded=session.is_recorded,
        words=words,
        link=format_html(
            '<a href="{}">{}</a>', reverse("events:session", args=[event.slug, session.slug]), session.title
        ),
        html=mark_safe(html),  # noqa: S308  # a template's own output
        access=access_features.offered(session),
        has_film=session.has_film,
        has_link=bool(session.join_url),
        notes_attendance=session.notes_attendance,
    )


def places_of(event: Event) -> Mapping[int, PlacesSeen]:
    """The places of every booked session of the event as they are now, by the session's id. One query."""
    rows = tuple(_PLACES.all(event=event.pk))
    return _places.get(rows, lambda: {pk: PlacesSeen(*counters) for pk, *counters in rows})


#: The same rows are the same places: so many readings are kept in a process, each of 300 takes 50 kB.
_places: Recent[Mapping[int, PlacesSeen]] = Recent(8)


_PLACES = Statement(
    lambda event: Session.objects.filter(event=event, workshop__isnull=False).values_list(
        "pk", *(f"workshop__{name}" for name in PlacesSeen._fields)
    )
)


@lru_cache(maxsize=4096)
def _places_html(words: str, is_full: bool) -> SafeString:  # noqa: FBT001  # a key of the cache
    html = get_template(PLACES_TEMPLATE).render({"words": words, "is_full": is_full})
    return mark_safe(html.strip())  # noqa: S308  # a template's own output


def seen_now(event: Event, common: Programme | None = None) -> Seen:
    """Return the programme, where it was not loaded before, with its places as they are now."""
    return Seen(common or load(event), places_of(event))


def items_of(
    event: Event,
    registration: Registration | None = None,
    common: Programme | None = None,
    *,
    at: datetime,
    theme: str = "",
) -> list[Item]:
    """Lay places and the reader's own states beside the cards of the event's programme (``common``).

    With ``theme``, its slug, only beside those that have it.
    """
    seen = seen_now(event, common)
    states = states_of(registration, seen)
    cards = seen.programme.of_theme(theme) if theme else seen.programme.cards
    return [
        Item(
            card,
            seen.places.get(card.id),
            states.get(card.id),
            event.is_archived or (card.ends_at <= at if card.ends_at else event.is_over(at)),
        )
        for card in cards
    ]


def days_of(items: Iterable[Item], event: Event, reader_zone: str = "") -> list[ProgrammeDay[ProgrammeSlot]]:
    """Arrange sessions with a time by day and slot, as they come; on-demand ones are left out."""
    live = (item for item in items if item.card.starts_at)
    return list(time_slots.days_of(live, _span, _slot, event, reader_zone))


def _span(item: Item) -> Span:
    assert item.card.starts_at is not None, "only live sessions are arranged"  # noqa: S101  # narrows the type
    return item.card.starts_at, item.card.ends_at


def _slot(starts_at: datetime, heading: Heading, items: tuple[Item, ...]) -> ProgrammeSlot:
    return ProgrammeSlot(f"at-{starts_at:%Y%m%d-%H%M}", *heading, items)


def on_demand_of(items: Iterable[Item]) -> list[Item]:
    """Sessions to watch at any time, as they come."""
    return [item for item in items if not item.card.starts_at]
