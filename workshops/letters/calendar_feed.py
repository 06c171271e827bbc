"""Their calendar to subscribe to: one address for all their events, which follows their agenda by itself.

Whoever knows the address reads the calendar, so it cannot be guessed, is never shown to anybody else, and
stops when they make a new one or stops sharing. The address is computed from a random nonce and the site's
secret key, and found by its digest: the database alone gives no address away, and they can still look theirs
up again. The calendar holds what is certainly theirs; what they wait for or are offered as tentative and
free; a session or event that was cancelled with its end (STATUS:CANCELLED), because some programs keep what
merely vanishes; what they gave up is gone. How to join stands behind the login only.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from events.calendars import ical
from events.calendars.ical import CANCELLED, CONFIRMED, TENTATIVE, Entry
from events.models import Event, Registration, Session
from members.models import Member, SiteSettings
from workshops.letters import itinerary
from workshops.letters.entries import entry_of
from workshops.letters.itinerary import CERTAIN, OPEN, Item
from workshops.models import Booking, CalendarFeed
from workshops.places.eligibility import hosted_sessions

SALT = b"qevent calendar feed:"
#: For how long an event that is over stays in the calendar.
RETENTION = timedelta(days=100)


@dataclass(frozen=True)
class Feed:
    """What a subscribed calendar answers with."""

    body: bytes
    etag: str


@transaction.atomic
def make_address(member: Member, *, at: datetime) -> CalendarFeed:
    """Make their address, or a new one: the old one stops at once."""
    nonce = secrets.token_urlsafe(24)
    trail.record(member, Act.CALENDAR_MADE, by=member, at=at)
    feed, _made = CalendarFeed.objects.update_or_create(
        member=member,
        defaults={"nonce": nonce, "digest": _digest(_token(nonce, settings.SECRET_KEY)), "made_at": at},
    )
    return feed


@transaction.atomic
def stop_sharing(member: Member, *, at: datetime) -> None:
    """Take their address away; nothing answers there any more. Twice is not an error."""
    if CalendarFeed.objects.filter(member=member).delete()[0]:
        trail.record(member, Act.CALENDAR_STOPPED, by=member, at=at)


def brought_back(member: Member, *, at: datetime, **_: Any) -> None:
    """Take the address away of a calendar that somebody else in the account may have seen."""
    stop_sharing(member, at=at)


def address(member: Member) -> str:
    """Return the address of their calendar, "" where they have none or its key is known no more."""
    feed = CalendarFeed.objects.filter(member=member).first()
    if feed is None:
        return ""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(feed.nonce, key)
        if _digest(token) == feed.digest:
            return settings.SITE_URL + reverse("calendar:feed", args=[token])
    return ""


def owner(token: str) -> Member | None:
    """Return whose calendar the secret part of an address names; nobody who may not log in. One query."""
    feeds = CalendarFeed.objects.select_related("member").filter(
        digest=_digest(token), member__is_active=True
    )
    feed = feeds.first()
    return feed.member if feed else None


def feed_of(member: Member, *, at: datetime) -> Feed:
    """Return their calendar; the same agenda gives the same bytes. A constant number of queries."""
    site = SiteSettings.load()
    body = ical.published(
        entries(member, at=at), name=f"{site.name}: {member.name}", site=site, at=member.date_joined
    )
    return Feed(body, hashlib.sha256(body).hexdigest()[:32])


def to_keep(member: Member, *, at: datetime) -> bytes:
    """Return their calendar as one file to open, which nothing follows. A constant number of queries."""
    return ical.collection(entries(member, at=at), site=SiteSettings.load(), stamp=at)


def ways(address: str) -> dict[str, str]:
    """Return the addresses that subscribe a calendar in one press, by program; none without an address.

    As their makers document them: Google asks for ``cid``, Outlook for the address and a name.
    """
    if not address:
        return {}
    webcal = "webcal" + address[address.index("://") :]
    subscription = urlencode({"url": address, "name": _("My agenda")})
    return {
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/render?{urlencode({'cid': webcal})}",
        "outlook": f"https://outlook.office.com/calendar/0/addfromweb?{subscription}",
        "outlook_home": f"https://outlook.live.com/calendar/0/addfromweb?{subscription}",
    }


def entries(member: Member, *, at: datetime) -> list[Entry]:
    """Return what stands in their calendar, in order of time."""
    events = _current_events(member, at)
    items = [*itinerary.read_events(member, events, at=at), *_cancelled(member, events)]
    found = {item.session.pk: _entry(item, member) for item in items}
    return sorted(found.values(), key=lambda entry: (str(entry.starts), entry.name))


def _current_events(member: Member, at: datetime) -> list[Event]:
    """Return the events they are registered for or host in, which are to come or not long over."""
    public = Event.objects.filter(status__in=[Event.Status.PUBLISHED, Event.Status.CANCELLED])
    recent = public.filter(last_day__gte=(at - RETENTION).date())
    registered = Registration.objects.current().filter(member=member).values("event")
    # Two lists of ids: joined, an event has as many rows as registrations times sessions.
    return list(recent.filter(Q(pk__in=registered) | Q(pk__in=hosted_sessions(member).values("event"))))


def _cancelled(member: Member, events: Iterable[Event]) -> Iterator[Item]:
    """Yield the sessions that were theirs, or everybody's, and do not take place."""
    found = {event.pk: event for event in events}
    ended = Booking.objects.filter(member=member, ended=Booking.Ended.SESSION)
    gone = Session.objects.live().filter(status=Session.Status.CANCELLED, event__in=list(found))
    for session in gone.filter(Q(pk__in=ended.values("session")) | Q(workshop__isnull=True)):
        session.event = found[session.event_id]
        yield Item(session, CANCELLED)


def _entry(item: Item, member: Member) -> Entry:
    session = item.session
    changed_at = max(filter(None, (session.changed_at, item.changed_at)))
    entry = entry_of(item, member)
    entry = replace(entry, says="", sequence=session.sequence, changed_at=changed_at)
    if item.state == CANCELLED or session.event.status == Event.Status.CANCELLED:
        return replace(entry, status=CANCELLED, is_busy=False)
    if item.state in (*CERTAIN, OPEN):
        return replace(entry, status=CONFIRMED, is_busy=item.state != OPEN)
    is_held = item.state == Booking.Status.OFFERED
    words = _("Held for you: %(title)s") if is_held else _("Waiting list: %(title)s")
    return replace(entry, status=TENTATIVE, summary=words % {"title": entry.summary}, is_busy=False)


def _token(nonce: str, key: str | bytes) -> str:
    """Return the secret part of an address: 192 bits that only this site can compute."""
    digest = hmac.new(force_bytes(key), SALT + nonce.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
