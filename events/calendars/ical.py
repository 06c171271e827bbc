"""Writing iCalendar: what stands in a calendar, as one invitation or as a published calendar.

An invitation is an iTIP message (RFC 5546): one VEVENT in one file with METHOD REQUEST or CANCEL, because
several events of different UID may not share one (3.2.2), and because Outlook and Gmail show the first of
a file only. It asks for no answer (RSVP=FALSE, PARTSTAT=ACCEPTED: the place is theirs already), and its
ORGANIZER is the mailbox that the email comes from, without which Outlook and Gmail show a mere file.
DTSTAMP rises with each sending, so that of two with one SEQUENCE the later counts (RFC 5546, 2.1.5); what a
restore adds to all of them stands in the site's settings.
Its own words begin with what is so, because programs show them in place of the letter.
A published calendar (METHOD PUBLISH) holds many events and no ATTENDEE. One to subscribe to has a DTSTAMP
that changes only with the event: the same agenda is the same file, byte for byte.
The right half of a UID is frozen in the site's settings: with the site's address it would change, and what
was sent before could never be moved or ended (RFC 5545, 3.8.4.7).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, vCalAddress
from icalendar import Event as VEvent
from icalendar.parser import Contentline, Contentlines, Parameters

from common.times import is_repeated
from events.calendars.vtimezone import vtimezone
from members.letters import sender
from members.models import SiteSettings

PRODID = "-//qevent//Calendar//EN"
#: How often a subscribed calendar asks again, where its program listens.
REFRESH = timedelta(hours=1)

REQUEST, CANCEL = "REQUEST", "CANCEL"
CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"


@dataclass(frozen=True)
class Entry:
    """What stands in one person's calendar.

    ``starts`` and ``ends`` are moments, or days: then ``ends`` is the day after the last (RFC 5545,
    3.6.1). ``zone`` is the event's; ``changed_at`` the last change of anything in it. ``uid_host`` is the
    right half of its UID where it was sent with another than the site's; ``says`` what is so, for a letter.
    """

    name: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    zone: str
    location: str = ""
    description: str = ""
    url: str = ""
    status: str = CONFIRMED
    is_busy: bool = True
    sequence: int = 0
    changed_at: datetime | None = None
    uid_host: str = ""
    says: str = ""


def invitation(
    entry: Entry, method: str, *, to: tuple[str, str], site: SiteSettings, stamp: datetime
) -> bytes:
    """Return the file of one invitation, or of its end, for ``to`` (name, address)."""
    attendee = _mailbox(*to, RSVP="FALSE", PARTSTAT="ACCEPTED", ROLE="REQ-PARTICIPANT")
    told = replace(entry, status=CANCELLED) if method == CANCEL else entry
    line = Contentline.from_parts("ATTENDEE", attendee.params, attendee)
    return _file(_calendar(method), [(told, stamp)], site, [line])


def published(entries: Iterable[Entry], *, name: str, site: SiteSettings, at: datetime) -> bytes:
    """Return a calendar to subscribe to. ``at`` stamps entries that do not say when they changed."""
    calendar = _calendar("PUBLISH")
    calendar.add("NAME", name)  # RFC 7986, 5.1
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})  # RFC 7986, 5.7
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    return _file(calendar, [(entry, entry.changed_at or at) for entry in entries], site)


def collection(entries: Iterable[Entry], *, site: SiteSettings, stamp: datetime) -> bytes:
    """Return one file of several entries, to be opened once: it invites to none, and nothing follows it."""
    return _file(_calendar("PUBLISH"), [(entry, stamp) for entry in entries], site)


def _file(
    calendar: Calendar,
    entries: list[tuple[Entry, datetime]],
    site: SiteSettings,
    more: Iterable[Contentline] = (),
) -> bytes:
    """Return the calendar with its zones and entries, each stamped, and with ``more`` lines."""
    organiser = sender(site)
    events: list[bytes] = []
    for entry, stamp in entries:
        begin, end = _common(replace(entry, name="", uid_host="", sequence=0), organiser)
        events += [begin, _own(entry, site, stamp, more), end]
    head, end = _open(calendar)
    return b"".join([head, *_zones(entry for entry, _ in entries), *events, end])


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    return calendar


def _open(component: Component) -> tuple[bytes, bytes]:
    """Return a component as it is written, and apart from that its last line."""
    end = f"END:{component.name}\r\n".encode()
    return bytes(component.to_ical()).removesuffix(end), end


def _zones(entries: Iterable[Entry]) -> list[bytes]:
    """Define each zone that is used; UTC needs none (RFC 5545, 3.2.19)."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        if isinstance(entry.starts, datetime) and entry.zone != "UTC":
            years.setdefault(entry.zone, set()).update((entry.starts.year, entry.ends.year))
    return [_zone(zone, min(found), max(found)) for zone, found in sorted(years.items())]


@lru_cache(maxsize=64)
def _zone(zone: str, first: int, last: int) -> bytes:
    return bytes(vtimezone(zone, first, last).to_ical())


def _own(entry: Entry, site: SiteSettings, stamp: datetime, more: Iterable[Contentline]) -> bytes:
    """Return the lines that an entry has in this file alone."""
    own = {
        "UID": f"{entry.name}@{entry.uid_host or site.uid_host}",
        "SEQUENCE": str(site.first_sequence + entry.sequence),
        "DTSTAMP": f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
    }
    written = [Contentline.from_parts(name, Parameters(), value) for name, value in own.items()]
    lines: Any = Contentlines([*written, *more])  # its writing has no types
    return bytes(lines.to_ical())


@lru_cache(maxsize=2048)
def _common(entry: Entry, organiser: str) -> tuple[bytes, bytes]:
    """Return what an entry has in everybody's calendar: a session of hundreds is written once."""
    event = VEvent()
    if entry.changed_at:
        event.add("LAST-MODIFIED", entry.changed_at)
    event.add("DTSTART", _local(entry.starts, entry.zone))
    event.add("DTEND", _local(entry.ends, entry.zone))
    event.add("SUMMARY", _clean(entry.summary))
    description = "\n\n".join(filter(None, (entry.says, entry.description)))
    for name, value in (("LOCATION", entry.location), ("DESCRIPTION", description)):
        if value:
            event.add(name, _clean(value))
    if entry.url:
        event.add("URL", entry.url)
    event.add("ORGANIZER", _mailbox(*parseaddr(organiser)))
    is_busy = entry.is_busy and entry.status == CONFIRMED
    event.add("STATUS", entry.status)
    event.add("TRANSP", "OPAQUE" if is_busy else "TRANSPARENT")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY" if is_busy else "FREE")
    return _open(event)


def _local(moment: datetime | date, zone: str) -> datetime | date:
    """Return a moment as the clocks of ``zone`` show it; in UTC where they show it twice, a day as it is.

    The second of the two could not be said otherwise (RFC 5545, 3.3.5: the first is meant).
    """
    if not isinstance(moment, datetime):
        return moment
    local = moment.astimezone(ZoneInfo(zone))
    return moment.astimezone(UTC) if is_repeated(local) else local


def _mailbox(name: str, address: str, **parameters: str) -> vCalAddress:
    mailbox = vCalAddress(f"mailto:{address}")
    # A parameter cannot hold a double quote, in any escaping (RFC 5545, 3.1).
    mailbox.params["CN"] = _clean(name or address).replace('"', "'").replace("\n", " ")
    for key, value in parameters.items():
        mailbox.params[key] = value
    return mailbox


def _clean(text: str) -> str:
    """Leave out control characters, which no content line may hold (RFC 5545, 3.1)."""
    return "".join(c for c in text.replace("\r\n", "\n") if c in "\n\t" or (c >= " " and c != "\x7f"))
