"""Times in words: in the event's zone, with the reader's own beside it where it differs.

Moments are stored in UTC and come in aware; a zone is a name of the time zone database. Every
function here is a pure translation into words of the reader's language, safe across the change of clocks.
How days and hours are written is a text to translate, in the letters of Django's ``date`` filter.
"""

from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from common import languages
from common.words import counted

#: The zone of what is the site's own: posts, decisions, the team's working day. Events and people begin
#: with it.
SITE_ZONE: Final = ZoneInfo(settings.TIME_ZONE)
#: Zones whose clocks are those of the UK and Ireland.
UK_AND_IRELAND: Final = frozenset(
    {
        "Europe/London",
        "Europe/Dublin",
        "Europe/Belfast",
        "Europe/Guernsey",
        "Europe/Isle_of_Man",
        "Europe/Jersey",
        "Eire",
        "GB",
        "GB-Eire",
    }
)
UK_AND_IRELAND_TIME: Final = gettext_lazy("UK and Ireland time")

#: Names of the database that are no place: whatever the machine is set to, and one that is not set up.
NO_ZONES: Final = frozenset({"localtime", "Factory"})

#: A day of another year is still named without its year when it is nearer than this.
NEAR_DAYS: Final = 100


@cache
def known_time_zones() -> frozenset[str]:
    """Return the names of the time zone database that people can choose; read from disk once."""
    return frozenset(available_timezones()) - NO_ZONES


def validate_time_zone(value: str) -> None:
    """Refuse a name that the time zone database does not know."""
    if value not in known_time_zones():
        raise ValidationError(_("Enter the name of a time zone, such as Europe/London."))


def zone_name(zone: str, at: datetime | None = None) -> str:
    """Name a zone for people: "UK and Ireland time", "New York time", and with ``at`` the distance to UTC.

    ``zone_name("America/New_York", at)`` is "New York time, UTC−5" in winter.
    """
    if zone in UK_AND_IRELAND:
        return str(UK_AND_IRELAND_TIME)
    city = zone.rpartition("/")[2].replace("_", " ")
    if city in ("UTC", "UCT", "Zulu", "Universal"):
        return "UTC"
    if at is None:
        return _("%(city)s time") % {"city": city}
    return _("%(city)s time, %(offset)s") % {"city": city, "offset": utc_offset(zone, at)}


def utc_offset(zone: str, at: datetime) -> str:
    """Return how far the clocks of ``zone`` are from UTC at that moment: "UTC", "UTC−5", "UTC+5:30"."""
    minutes = offset_minutes(zone, at)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def is_repeated(local: datetime) -> bool:
    """Whether the clocks show that time twice on that day: they go back; or never: they go forward."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def is_shown_once(local: datetime) -> bool:
    """Whether the clocks of its zone show that time once on that day: not twice, and not never."""
    return not is_repeated(local)


def format_clock(at: datetime, zone: str) -> str:
    """Name the time of day: "10:00", and where the clocks show it twice which one: "01:30 (UTC+1)"."""
    local = at.astimezone(ZoneInfo(zone))
    clock = _clock(local.hour, local.minute, languages.current())
    return f"{clock} ({utc_offset(zone, at)})" if is_repeated(local) else clock


# A page names the same few times hundreds of times: each is written once a language.
@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, _language: str) -> str:
    return formatted(time(hour, minute), pgettext("how a time of day is written", "H:i"))


def offset_minutes(zone: str, at: datetime) -> int:
    """Return how many minutes the clocks of ``zone`` are before UTC at that moment; west of it, below 0."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    return round(offset.total_seconds() / 60) if offset else 0


def format_day(day: date, *, today: date | None = None) -> str:
    """Name a day: "Wednesday 18 November"; with the year unless it is this year's or less than 100 days away.

    ``today`` is the reader's day; without it, the site's.
    """
    return _day(day, _is_near(day, today), languages.current())


@lru_cache(maxsize=4096)
def _day(day: date, is_near: bool, _language: str) -> str:  # noqa: FBT001  # kept by all three
    return formatted(day, _day_and_month() if is_near else _day_month_and_year())


def day_in_parts(day: date, *, today: date | None = None) -> tuple[str, str]:
    """Name the weekday and, apart from it, the rest of ``format_day``: "Wednesday" and "18 November"."""
    rest = pgettext("how a day is written whose weekday stands before it", "j F")
    if not _is_near(day, today):
        rest = pgettext("how a day is written whose weekday stands before it", "j F Y")
    return formatted(day, "l"), formatted(day, rest)


def _is_near(day: date, today: date | None) -> bool:
    today = today or timezone.localdate()
    return day.year == today.year or abs((day - today).days) < NEAR_DAYS


def format_days(first: date, last: date, *, today: date | None = None) -> tuple[str, str]:
    """Name the first and the last of several days: "Wednesday 2" and "Thursday 3 December".

    What they share is said once, and the year wherever it is not this year's. One day has no first: "".
    """
    today = today or timezone.localdate()
    is_this_year = first.year == last.year == today.year
    end = formatted(last, _day_and_month() if is_this_year else _day_month_and_year())
    if first == last:
        return "", end
    if first.year != last.year:
        return formatted(first, _day_month_and_year()), end
    is_same_month = first.month == last.month
    return formatted(first, _day_alone() if is_same_month else _day_and_month()), end


def _day_alone() -> str:
    return pgettext("how a day is written whose month is said with another", "l j")


def _day_and_month() -> str:
    return pgettext("how a day is written", "l j F")


def _day_month_and_year() -> str:
    return pgettext("how a day is written", "l j F Y")


def format_moment(at: datetime, zone: str, *, today: date | None = None) -> str:
    """Name a moment: "Monday 2 November, 10:00 (UK and Ireland time)"."""
    when = on_day(at.astimezone(ZoneInfo(zone)).date(), format_clock(at, zone), today=today)
    return _("%(when)s (%(zone)s)") % {"when": when, "zone": zone_name(zone, at)}


def on_day(day: date, clock: str, *, today: date | None = None) -> str:
    """Name a time together with its day: "Monday 2 November, 10:00"."""
    return _("%(day)s, %(clock)s") % {"day": format_day(day, today=today), "clock": clock}


def format_hours(starts_at: datetime, ends_at: datetime, zone: str, *, today: date | None = None) -> str:
    """Name the hours alone: "10:00 to 11:30"; the day of the end is named when it is another one."""
    return _hours(*hours_apart(starts_at, ends_at, zone, today=today), languages.current())


@lru_cache(maxsize=4096)
def _hours(start: str, end: str, _language: str) -> str:
    return _("%(start)s to %(end)s") % {"start": start, "end": end}


def hours_apart(
    starts_at: datetime, ends_at: datetime, zone: str, *, today: date | None = None
) -> tuple[str, str]:
    """Name both ends of the hours: "10:00" and "11:30"; the second with its day when it is another one."""
    first, last = (moment.astimezone(ZoneInfo(zone)).date() for moment in (starts_at, ends_at))
    end = format_clock(ends_at, zone)
    return format_clock(starts_at, zone), end if first == last else on_day(last, end, today=today)


def format_length(starts_at: datetime, ends_at: datetime) -> str:
    """Name how long something lasts: "45 minutes", "1 hour", "1 hour 30 minutes"."""
    return _length(round((ends_at - starts_at).total_seconds() / 60), languages.current())


def format_minutes(minutes: int) -> str:
    """Name a length in minutes: "0 minutes", "45 minutes", "1 hour 30 minutes"."""
    return _length(minutes, languages.current()) or counted(0, "%(count)s minute", "%(count)s minutes")


@lru_cache(maxsize=4096)
def _length(minutes: int, _language: str) -> str:
    hours, minutes = divmod(minutes, 60)
    parts = [
        counted(hours, "%(count)s hour", "%(count)s hours") if hours else "",
        counted(minutes, "%(count)s minute", "%(count)s minutes") if minutes else "",
    ]
    return " ".join(part for part in parts if part)


def format_span(starts_at: datetime, ends_at: datetime, zone: str, *, today: date | None = None) -> str:
    """Name a time: "Wednesday 18 November, 10:00 to 11:30 (UK and Ireland time)"."""
    start, end = hours_apart(starts_at, ends_at, zone, today=today)
    start = on_day(starts_at.astimezone(ZoneInfo(zone)).date(), start, today=today)
    when = _("%(start)s to %(end)s") % {"start": start, "end": end}
    return _("%(when)s (%(zone)s)") % {"when": when, "zone": zone_name(zone, starts_at)}


def reader_span(
    starts_at: datetime, ends_at: datetime, zone: str, reader_zone: str, *, today: date | None = None
) -> str:
    """Return "05:00 to 06:30 for you", or "" where the reader's clocks show the same as the event's.

    The day comes first when it is not the event's: "Thursday 19 November, 00:30 to 01:30 for you".
    A reader's zone that is empty or unknown gives "".
    """
    if reader_zone not in known_time_zones():
        return ""
    here, there = (
        tuple(moment.astimezone(ZoneInfo(name)).replace(tzinfo=None) for moment in (starts_at, ends_at))
        for name in (zone, reader_zone)
    )
    if here == there:
        return ""
    start, end = hours_apart(starts_at, ends_at, reader_zone, today=today)
    if here[0].date() != there[0].date():
        start = on_day(there[0].date(), start, today=today)
    return _("%(when)s for you") % {"when": _("%(start)s to %(end)s") % {"start": start, "end": end}}


def reader_moment(at: datetime, zone: str, reader_zone: str, *, today: date | None = None) -> str:
    """Return "05:00 for you" (with the day when it differs), or "" where the clocks show the same."""
    if reader_zone not in known_time_zones():
        return ""
    here, there = at.astimezone(ZoneInfo(zone)), at.astimezone(ZoneInfo(reader_zone))
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return ""
    clock = format_clock(at, reader_zone)
    when = clock if here.date() == there.date() else on_day(there.date(), clock, today=today)
    return _("%(when)s for you") % {"when": when}


def short_moment(at: datetime | None, zone: ZoneInfo) -> str:
    """Name a moment for a narrow column: "Wed 2 Dec, 09:30"; with the year where it is not this one."""
    if at is None:
        return ""
    local = at.astimezone(zone)
    is_this_year = local.year == timezone.now().astimezone(zone).year
    day = _short_day(local.date(), is_this_year, languages.current())
    return _("%(day)s, %(clock)s") % {"day": day, "clock": format_clock(at, zone.key)}


@lru_cache(maxsize=4096)  # a list names the same few days hundreds of times
def _short_day(day: date, is_this_year: bool, _language: str) -> str:  # noqa: FBT001  # kept by all three
    written = pgettext("how a day is written in short", "D j M")
    if not is_this_year:
        written = pgettext("how a day is written in short", "D j M Y")
    return formatted(day, written)
