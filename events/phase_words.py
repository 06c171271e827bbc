"""What is to be said of an event now, in a sentence: when it starts, that it is on, that it was."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from common.times import format_clock, format_day, reader_moment
from events.models import Event, Session
from events.phases import DAY, EventDay, Phase, day_of, next_day, today_of
from events.programme.contents import Programme


def in_words(
    event: Event, phase: Phase, *, at: datetime, reader_zone: str = "", common: Programme | None = None
) -> str:
    """Say when it starts or that it is on; nothing long before, nor of a draft or what was called off."""
    if phase.is_over:
        return " ".join([_("This event is over."), _("Thank you to everybody who took part.")])
    if not phase.is_near:
        return ""
    today = day_of(event, at=at, common=common) if phase is Phase.ON_NOW else None
    if today is not None and today.starts_at is not None and at < today.starts_at:
        return starts(event, today, at=at, reader_zone=reader_zone)
    following = None if phase is Phase.ON_NOW else next_day(event, at=at, common=common)
    if following is None:
        return _("It is on now.")
    return starts(event, following, at=at, reader_zone=reader_zone)


def starts(event: Event, day: EventDay, *, at: datetime, reader_zone: str = "") -> str:
    """Say when a day of the event starts: "It starts tomorrow at 09:30.", "Day 2 starts today at 09:30."."""
    told = {"number": day.number, "day": on_which_day(day.date, today_of(event, at))}
    if day.starts_at is None:
        if day.number == 1:
            return _("It starts %(day)s.") % told
        return _("Day %(number)s starts %(day)s.") % told
    told["clock"] = clock(event, day.starts_at, reader_zone)
    if day.number == 1:
        return _("It starts %(day)s at %(clock)s.") % told
    return _("Day %(number)s starts %(day)s at %(clock)s.") % told


def of_session(session: Session, *, at: datetime, reader_zone: str = "") -> str:
    """Say of a session that it is on, or starts today or tomorrow; nothing before, nor once it has ended."""
    event = session.event
    if session.starts_at is None or session.ends_at is None or session.has_ended(at):
        return ""
    if session.has_started(at):
        return _("It is on now, until %(clock)s.") % {"clock": clock(event, session.ends_at, reader_zone)}
    day, today = today_of(event, session.starts_at), today_of(event, at)
    if day > today + DAY:
        return ""
    told = {"day": on_which_day(day, today), "clock": clock(event, session.starts_at, reader_zone)}
    return _("It starts %(day)s at %(clock)s.") % told


def on_which_day(day: date, today: date) -> str:
    """Name a day in the middle of a sentence: "today", "tomorrow", "on Wednesday 25 November"."""
    if day == today:
        return _("today")
    if day == today + DAY:
        return _("tomorrow")
    return _("on %(day)s") % {"day": format_day(day, today=today)}


def clock(event: Event, at: datetime, reader_zone: str) -> str:
    """Name a time of day where the event is, and the reader's where it differs: "10:00 (05:00 for you)"."""
    written = format_clock(at, event.time_zone)
    own = reader_moment(at, event.time_zone, reader_zone)
    return _("%(clock)s (%(own)s)") % {"clock": written, "own": own} if own else written
