"""Using an event again: its themes, and its sessions with their texts and places, in another year.

Everything keeps its time of day by the event's clocks and moves by as many days as the first day does. No
person is copied, nor what belonged to that one time: hosts, links to join, recordings, captions and
interpreters that somebody had to hire, the ids of a spreadsheet. All that is new is a draft. What names the
old year is copied as it stands, and said, because only people can tell whether it was meant.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.times import format_moment, is_shown_once, short_moment
from common.transactions import retried, violates
from events import capacity as event_capacity
from events import publishing
from events.models import Event, Session, Theme
from workshops.models import Workshop
from workshops.programme import capacity

#: The year's weeks: the same weekday a year later.
A_YEAR: Final = timedelta(weeks=52)
#: What is another thing every time, and what somebody has to arrange anew.
_NOT_COPIED: Final = frozenset(
    {"id", "event", "status", "sequence", "external_id", "join_url", "meeting_number", "passcode", "dial_in"}
    | {"recording_url", "transcript", "has_captions", "has_sign_language", "starts_offset", "ends_offset"}
    | {"has_slides_ahead", "supported_by", "changed_at", "search", "cancelled_because"}
)
_TEXTS: Final = ("title", "summary", "description", "ground_rules", "content_note", "support_after")
_MOMENTS: Final = (
    "registration_opens_at",
    "registration_closes_at",
    "booking_opens_at",
    "booking_closes_at",
)


class NotCopied(Exception):
    """An expected no; ``str()`` is the sentence for the editor."""


@dataclass(frozen=True)
class Wanted:
    """What the new event is called, where it will be, and its first day."""

    title: str
    slug: str
    first_day: date


@dataclass(frozen=True)
class CopiedSession:
    """A session as it will be (not saved), and the one that it is made from."""

    session: Session
    source: Session

    @property
    def key(self) -> str:
        """The number by which the one that it is made from is ticked."""
        return str(self.source.pk)

    @property
    def when(self) -> str:
        """The new time in words."""
        return short_moment(self.session.starts_at, self.source.event.zone) or "on demand"

    @property
    def places(self) -> str:
        """How many places it will have."""
        row: Workshop | None = getattr(self.source, "workshop", None)
        if row is None:
            return "open to all" if self.session.is_live else "no places to book"
        return "no limit" if row.capacity is None else f"{row.capacity:,}"

    @property
    def named_year(self) -> str:
        """The year of the old event, where a text of the session names it; else nothing."""
        year = str(self.source.event.first_day.year)
        return year if any(_names(getattr(self.source, field), year) for field in _TEXTS) else ""


@dataclass(frozen=True)
class Plan:
    """The event as it will be (not saved), its sessions in order, and by how much it lies later."""

    event: Event
    sessions: list[CopiedSession]
    themes: list[str]
    later: timedelta

    @property
    def moments(self) -> list[tuple[str, str]]:
        """The openings and closings of the new event that there are, in words: which, and when."""
        found = [(name, getattr(self.event, name)) for name in _MOMENTS]
        zone = self.event.time_zone
        return [(_named(name), format_moment(moment, zone)) for name, moment in found if moment]

    @property
    def keeps_weekdays(self) -> bool:
        """Whether a Wednesday stays a Wednesday."""
        return self.later.days % 7 == 0


def suggestion(source: Event) -> Wanted:
    """Return what the same event would be called a year later, on the same weekday.

    Without an address where it names no year, or another event has it.
    """
    first_day = source.first_day + A_YEAR
    old, new = str(source.first_day.year), str(first_day.year)
    slug = source.slug.replace(old, new)
    return Wanted(
        source.title.replace(old, new), "" if Event.objects.filter(slug=slug).exists() else slug, first_day
    )


def look(source: Event, wanted: Wanted) -> Plan:
    """Say what copying would make; nothing is changed. Cancelled sessions are left out. Three queries.

    Raises ``NotCopied``.
    """
    later = wanted.first_day - source.first_day
    event = _event(source, wanted, later)
    sessions = source.sessions.exclude(status=Session.Status.CANCELLED).select_related("workshop").in_order()
    found = list(sessions)
    for one in found:
        one.event = source
    themes = list(source.themes.values_list("title", flat=True))
    return Plan(event, [CopiedSession(_session(one, event, later), one) for one in found], themes, later)


@retried
def copy(source: Event, wanted: Wanted, chosen: Collection[int], *, by: By, at: datetime) -> Event:
    """Make a draft of an event with the themes of ``source`` and those of its sessions that are chosen by id.

    Raises ``NotCopied`` where another event has the address, and what ``look`` raises.
    """
    plan = look(source, wanted)
    try:
        publishing.save_event(plan.event, by=by, at=at)
    except IntegrityError as error:
        if violates(error, "events_event_slug_key"):
            raise NotCopied("Another event has this address. Choose another one.") from error
        raise
    trail.record(plan.event, Act.EVENT_COPIED, by=by, at=at, source=source.pk)
    places = getattr(source, "places", None)
    event_capacity.set_capacity(plan.event, places.capacity if places else None, by=by, at=at)
    _write([one for one in plan.sessions if one.source.pk in chosen], _themes(source, plan.event), by, at)
    return plan.event


def _write(copies: Iterable[CopiedSession], themes: dict[int, Theme], by: By, at: datetime) -> None:
    """Save the sessions with their places and themes; eight queries, however many they are."""
    made = {one.source.pk: one.session for one in copies}
    for session in made.values():
        session.note_offsets()
    Session.objects.bulk_create(made.values(), batch_size=500)
    trail.record_all(trail.entry(one, Act.SESSION_ADDED, by=by, at=at) for one in made.values())
    rows = Workshop.objects.filter(session__in=made)
    capacity.add_places({made[row.session_id]: row.capacity for row in rows if made[row.session_id].is_live})
    through = Session.themes.through
    links = through.objects.filter(session_id__in=made).order_by("pk")
    through.objects.bulk_create(
        through(session=made[link.session_id], theme=themes[link.theme_id])
        for link in links
        if link.theme_id in themes
    )


def _themes(source: Event, event: Event) -> dict[int, Theme]:
    """Copy the themes; return the new ones by the ids of the old."""
    olds = list(source.themes.all())
    fields = ("title", "slug", "summary", "description", "colour", "position")
    news = [Theme(event=event, **{name: getattr(old, name) for name in fields}) for old in olds]
    Theme.objects.bulk_create(news)
    return {old.pk: new for old, new in zip(olds, news, strict=True)}


def _event(source: Event, wanted: Wanted, later: timedelta) -> Event:
    fields = (
        *("summary", "description", "time_zone", "place", "venue", "audience"),
        *("test_url", "joining_advice", "code_of_conduct"),
    )
    return Event(
        title=wanted.title,
        slug=wanted.slug,
        first_day=wanted.first_day,
        last_day=source.last_day + later,
        ask_needs_by=source.ask_needs_by + later if source.ask_needs_by else None,
        host_words_until=source.host_words_until + later if source.host_words_until else None,
        **{name: getattr(source, name) for name in fields},
        **{name: _later(getattr(source, name), source, later) for name in _MOMENTS},
    )


def _session(old: Session, event: Event, later: timedelta) -> Session:
    """Return a draft of a session of the new event, or raise ``NotCopied``."""
    fields = [field.attname for field in Session._meta.concrete_fields if field.name not in _NOT_COPIED]
    values = {name: getattr(old, name) for name in fields}
    for name in ("starts_at", "ends_at", "booking_opens_at", "booking_closes_at"):
        values[name] = _later(values[name], old.event, later)
    if not all(is_shown_once(one) for one in (values["starts_at"], values["ends_at"]) if one):
        raise NotCopied(
            f"On its new day the clocks show the time of “{old.title}” never or twice. "
            "Choose another first day."
        )
    return Session(event=event, **values)


def _later(moment: datetime | None, source: Event, later: timedelta) -> datetime | None:
    """Return the moment at which the event's clocks show the same, so much later."""
    if moment is None:
        return None
    return (moment.astimezone(source.zone).replace(tzinfo=None) + later).replace(tzinfo=source.zone)


def _named(field: str) -> str:
    return str(Event._meta.get_field(field).verbose_name).capitalize()  # type: ignore[union-attr]  # has one


def _names(text: str, year: str) -> bool:
    return re.search(rf"\b{year}\b", text) is not None
