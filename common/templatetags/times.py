"""Times in templates: ``<time>`` elements on pages and in HTML emails, the words alone in plain text.

The reader's zone is that of the request's user, or of an email's ``recipient``. A plain text email is
rendered with autoescape off, which is how a tag knows that it must not write markup. Markup is written once
for all who read the same times on the same day.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common import languages, times

register = template.Library()

#: When it is asked, by which days are named as near or far, and in which language.
Asked = tuple[date, str]
KEPT: Final = 1024


@register.simple_tag(takes_context=True)
def span(
    context: Context, starts_at: datetime, ends_at: datetime, zone: str, *, for_reader: bool = True
) -> str | SafeString:
    """Write "Wednesday 18 November, 10:00 to 11:30 (UK and Ireland time)", and the reader's hours."""
    reader = reader_zone(context) if for_reader else ""
    if not context.autoescape:
        own = times.reader_span(starts_at, ends_at, zone, reader)
        return _with_own(times.format_span(starts_at, ends_at, zone), own)
    return _span(starts_at, ends_at, zone, reader, _comma(context), _asked())


@lru_cache(maxsize=KEPT)
def _span(
    starts_at: datetime, ends_at: datetime, zone: str, reader: str, comma: str, _asked: Asked
) -> SafeString:
    when = _hours(starts_at, ends_at, zone, with_day=True)
    words = _marked_up(_("%(when)s (%(zone)s)"), when=when, zone=times.zone_name(zone, starts_at))
    return _with_own_markup(words, times.reader_span(starts_at, ends_at, zone, reader), comma)


@register.simple_tag(takes_context=True)
def hours(
    context: Context, starts_at: datetime, ends_at: datetime, zone: str, *, for_reader: bool = True
) -> str | SafeString:
    """Write "10:00 to 11:30", for where day and zone are said above, and the reader's hours."""
    own = times.reader_span(starts_at, ends_at, zone, reader_zone(context)) if for_reader else ""
    if not context.autoescape:
        return _with_own(times.format_hours(starts_at, ends_at, zone), own)
    return _with_own_markup(_hours(starts_at, ends_at, zone), own, _comma(context))


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime, zone: str = "", *, for_reader: bool = True) -> str | SafeString:
    """Write one moment: "Monday 2 November, 10:00 (UK and Ireland time)", and the reader's.

    Without a zone it is in that of the site.
    """
    zone = zone or times.SITE_ZONE.key
    reader = reader_zone(context) if for_reader else ""
    if not context.autoescape:
        return _with_own(times.format_moment(at, zone), times.reader_moment(at, zone, reader))
    return _moment(at, zone, reader, _comma(context), _asked())


@lru_cache(maxsize=KEPT)
def _moment(at: datetime, zone: str, reader: str, comma: str, _asked: Asked) -> SafeString:
    words = format_html('<time datetime="{}">{}</time>', iso(at), times.format_moment(at, zone))
    return _with_own_markup(words, times.reader_moment(at, zone, reader), comma)


@register.simple_tag
def days(first: date, last: date) -> SafeString:
    """Write the days of an event: "Wednesday 2 to Thursday 3 December"."""
    return _days(first, last, _asked())


@lru_cache(maxsize=KEPT)
def _days(first: date, last: date, _asked: Asked) -> SafeString:
    start, end = times.format_days(first, last)
    until = _time(last, end)
    if not start:
        return until
    return _marked_up(_("%(start)s to %(end)s"), start=_time(first, start), end=until)


@register.filter
def day(value: date | datetime, zone: str = "") -> str:
    """Name a day, or that of a moment in ``zone``: "Wednesday 18 November"."""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone or "UTC")).date()
    return times.format_day(value)


@register.filter
def clock(value: datetime, zone: str) -> str:
    """Name the time of day of a moment in a zone: "10:05"."""
    return times.format_clock(value, zone)


@register.filter
def iso(value: date | datetime) -> str:
    """Write a day or a moment for machines, as HTML reads it: to the second (HTML, 2.3.5)."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


@register.filter
def minute_in(value: datetime, zone: str) -> str:
    """Write a moment for machines to the minute, with the offset of a zone: "2026-11-18T10:00+00:00"."""
    return value.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


@register.filter
def in_minutes(minutes: int) -> str:
    """Say how long it is: "1 hour 30 minutes"."""
    return times.format_minutes(minutes)


@register.filter(name="zone_name")
def name_of_zone(zone: str) -> str:
    """Name a zone for people: "UK and Ireland time"."""
    return times.zone_name(zone)


def reader_zone(context: Context) -> str:
    """Return the zone of whoever reads this page or email, "" where nobody is known."""
    request = context.get("request")
    reader = context.get("recipient") or getattr(request, "user", None)
    return getattr(reader, "time_zone", "")


def _asked() -> Asked:
    return timezone.localdate(), languages.current()


def _comma(context: Context) -> str:
    """Return what parts the reader's time: on a page the style puts it on a line of its own."""
    return "," if "recipient" in context else ""


def _hours(starts_at: datetime, ends_at: datetime, zone: str, *, with_day: bool = False) -> SafeString:
    start, end = times.hours_apart(starts_at, ends_at, zone)
    if with_day:
        start = times.on_day(starts_at.astimezone(ZoneInfo(zone)).date(), start)
    return _marked_up(_("%(start)s to %(end)s"), start=_time(starts_at, start), end=_time(ends_at, end))


def _time(value: date | datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', iso(value), words)


def _marked_up(sentence: str, **values: str) -> SafeString:
    """Put markup (and words, which are escaped) at their places in a translated sentence."""
    return SafeString(escape(sentence) % {name: conditional_escape(value) for name, value in values.items()})


def _with_own(words: str, own: str) -> str:
    return _("%(when)s, %(own)s") % {"when": words, "own": own} if own else words


def _with_own_markup(words: SafeString, own: str, comma: str) -> SafeString:
    return format_html('{}{} <span class="reader-time">{}</span>', words, comma, own) if own else words
