"""What is sent to people's calendars, and in which order.

Whoever chose invitations gets one entry for each session that is certainly theirs, in the email that tells
of it; a change is a REQUEST with a raised SEQUENCE under the same UID, an end a CANCEL. What was sent is
recorded with the sending (``record``), never before: a letter that fails, or is only previewed, leaves no
trace, and the next one says what is still missing. Who chose the subscribed calendar gets no entries.

A letter with one entry is an invitation, which calendars take in by themselves. Programs handle one for each
message, and may file another than the one they show: several entries come as one plain file to open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from common.languages import gettext as _
from common.statements import Statement
from events.calendars import ical
from events.calendars.ical import CANCEL, CANCELLED, REQUEST, Entry
from events.models import CalendarEntry, Contributor, Event, Session
from members.models import Member, SiteSettings
from notifications.outbox import Attachment

KEEPS_PLACE = gettext_lazy("Declining in your calendar does not give up your place.")

Owner = Member | Contributor


@dataclass(frozen=True)
class Sending:
    """One entry on its way into a calendar."""

    entry: Entry
    method: str
    owner: Owner
    event_id: int
    session_id: int | None = None


def wants_invitations(owner: Owner) -> bool:
    """Whether their calendar is filled by email; a host without an account has no other way."""
    return not isinstance(owner, Member) or owner.calendar == Member.Calendar.INVITATIONS


def event_name(event_id: int, owner: Owner) -> str:
    """Name the entry of a whole event."""
    return f"event-{event_id}-{_owner_name(owner)}"


def session_name(session_id: int, owner: Owner) -> str:
    """Name the entry of a session: one registration a member and event, so this is one a registration."""
    return f"session-{session_id}-{_owner_name(owner)}"


def _owner_name(owner: Owner) -> str:
    return f"{'member' if isinstance(owner, Member) else 'contributor'}-{owner.pk}"


def agenda_url(event: Event) -> str:
    """Return the address of the agenda, the same for everybody."""
    return settings.SITE_URL + reverse("workshops:agenda", args=[event.slug])


def calendar_url() -> str:
    """Return the address of the page that subscribes to a calendar, the same for everybody."""
    return settings.SITE_URL + reverse("calendar:page")


def entry_of_event(event: Event, owner: Owner) -> Entry:
    """Return the days of an event, as an entry that keeps nobody busy."""
    address = {"address": agenda_url(event)}
    return Entry(
        name=event_name(event.pk, owner),
        summary=event.title,
        starts=event.first_day,
        ends=event.last_day + timedelta(days=1),
        zone=event.time_zone,
        location=where(event),
        description="\n\n".join([_("Your agenda, and how to join: %(address)s") % address, str(KEEPS_PLACE)]),
        url=agenda_url(event),
        is_busy=False,
        changed_at=event.changed_at,
        says=_("You are registered; there is nothing to accept."),
    )


def entry_of_session(session: Session, owner: Owner, *, hosts: bool = False) -> Entry:
    """Return a live session (with its event loaded) as an entry; how to join stands behind the login only.

    ``hosts``: it is a member's because they host or speak in it, not because they booked it.
    """
    if session.starts_at is None or session.ends_at is None:
        raise ValueError("A session without a time has no entry in a calendar.")
    page = f"{settings.SITE_URL}{session.get_absolute_url()}"
    is_members = isinstance(owner, Member)
    says = _("You host or speak in this session; there is nothing to accept.")
    if is_members and not hosts:
        says = _("Your place is booked; there is nothing to accept.")
    return Entry(
        name=session_name(session.pk, owner),
        summary=session.title,
        starts=session.starts_at,
        ends=session.ends_at,
        zone=session.event.time_zone,
        location=session.room or where(session.event),
        description=_about_session(page, session.event)
        if is_members
        else _("About it: %(address)s") % {"address": page},
        url=page,
        changed_at=session.changed_at,
        says=says,
    )


def _about_session(page: str, event: Event) -> str:
    """Return what a member reads in their calendar: the addresses of a session and of their agenda."""
    about = _("About this session: %(address)s") % {"address": page}
    way = _("How to join, and your agenda: %(address)s") % {"address": agenda_url(event)}
    return f"{about}\n{way}\n\n{KEEPS_PLACE}"


def where(event: Event) -> str:
    """Return the place in a line: "Online", or the first line of the venue."""
    if event.place == Event.Place.ONLINE:
        return _("Online")
    venue = event.venue.strip().partition("\n")[0].strip()
    if event.place == Event.Place.IN_PERSON:
        return venue
    return _("%(venue)s, and online") % {"venue": venue} if venue else _("In person, and online")


def standing_entries(owner: Owner, event_id: int) -> dict[str, CalendarEntry]:
    """Return their entries of this event as last sent, by name, cancelled ones too. One query."""
    rows = (_OF_MEMBER if isinstance(owner, Member) else _OF_CONTRIBUTOR).all(owner=owner.pk, event=event_id)
    return {row.name: row for row in rows}


_OF_MEMBER: Statement[CalendarEntry] = Statement(
    lambda owner, event: CalendarEntry.objects.filter(member=owner, event=event)
)
_OF_CONTRIBUTOR: Statement[CalendarEntry] = Statement(
    lambda owner, event: CalendarEntry.objects.filter(contributor=owner, event=event)
)


def updates(
    owner: Owner,
    wanted: Iterable[tuple[Entry, int | None]],
    rows: Mapping[str, CalendarEntry],
    *,
    event_id: int,
    everything: bool = False,
) -> list[Sending]:
    """Return a REQUEST for each wanted entry (with its session's id) that their calendar has not like that.

    With ``everything`` for all of them: those that are unchanged keep their SEQUENCE.
    """
    if not wants_invitations(owner):
        return []
    sendings = []
    for entry, session_id in wanted:
        row = rows.get(entry.name)
        is_same = row is not None and not row.is_cancelled and row.sent == content(entry)
        if everything or not is_same:
            sequence = 0 if row is None else row.sequence + (not is_same)
            numbered = replace(entry, sequence=sequence, uid_host=row.uid_host if row else "")
            sendings.append(Sending(numbered, REQUEST, owner, event_id, session_id))
    return sendings


def cancellations(owner: Owner, rows: Iterable[CalendarEntry]) -> list[Sending]:
    """Return a CANCEL for each entry that stands in their calendar, as it was last sent."""
    if not wants_invitations(owner):
        return []
    return [
        Sending(entry_as_sent(row), CANCEL, owner, row.event_id, row.session_id)
        for row in rows
        if not row.is_cancelled
    ]


def content(entry: Entry) -> dict[str, Any]:
    """Return what of an entry is worth a new one: its time, title and place."""
    return {
        "summary": entry.summary,
        "starts": entry.starts.isoformat(),
        "ends": entry.ends.isoformat(),
        "zone": entry.zone,
        "location": entry.location,
    }


def entry_as_sent(row: CalendarEntry) -> Entry:
    """Return the entry that ends ``row``: what was last sent, with the next SEQUENCE."""
    starts, ends = (_parsed(row.sent[name]) for name in ("starts", "ends"))
    return Entry(
        name=row.name,
        summary=row.sent["summary"],
        starts=starts,
        ends=ends,
        zone=row.sent["zone"],
        location=row.sent["location"],
        sequence=row.sequence + 1,
        uid_host=row.uid_host,
        says=_("This is not in your agenda any more; there is nothing to answer."),
    )


def _parsed(moment: str) -> datetime | date:
    return datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)


def files(sendings: Sequence[Sending], *, site: SiteSettings, stamp: datetime) -> list[Attachment]:
    """Return the calendar file of a letter: an invitation to one session, or one plain file of several."""
    if len(sendings) > 1:
        return [_collection(sendings, site, stamp)]
    return [_invitation(sending, site, stamp) for sending in sendings]


def _collection(sendings: Iterable[Sending], site: SiteSettings, stamp: datetime) -> Attachment:
    """Return all entries in a type that no program takes for an invitation; what has ended says so."""
    entries = [
        replace(one.entry, status=CANCELLED, summary=_not_any_more(one.entry.summary))
        if one.method == CANCEL
        else one.entry
        for one in sendings
    ]
    content = ical.collection(entries, site=site, stamp=stamp)
    return Attachment(filename="your-agenda.ics", content=content, mimetype="application/ics")


def _not_any_more(title: str) -> str:
    return _("Not in your agenda any more: %(title)s") % {"title": title}


def _invitation(sending: Sending, site: SiteSettings, stamp: datetime) -> Attachment:
    owner, entry, method = sending.owner, sending.entry, sending.method
    title = slugify(entry.summary)[:60] or entry.name
    return Attachment(
        filename=f"{'cancelled-' if method == CANCEL else ''}{title}.ics",
        content=ical.invitation(entry, method, to=(owner.name, owner.email), site=site, stamp=stamp),
        mimetype=f"text/calendar; method={method}",
    )


def thread_headers(session_id: int, owner: Owner, site: SiteSettings) -> dict[str, str]:
    """Return what keeps all letters about one session together in a mailbox (RFC 5322, 3.6.4).

    They answer a message that was never sent, named as the entry in the calendar is.
    """
    root = f"<{session_name(session_id, owner)}@{site.uid_host}>"
    return {"In-Reply-To": root, "References": root}


def record(sendings: Sequence[Sending], *, uid_host: str, at: datetime) -> None:
    """Record that the entries of a letter that was sent are in the calendar now. One query."""
    CalendarEntry.objects.bulk_create(
        [
            CalendarEntry(
                name=sending.entry.name,
                uid_host=sending.entry.uid_host or uid_host,
                event_id=sending.event_id,
                session_id=sending.session_id,
                member=sending.owner if isinstance(sending.owner, Member) else None,
                contributor=sending.owner if isinstance(sending.owner, Contributor) else None,
                sequence=sending.entry.sequence,
                sent=content(sending.entry),
                is_cancelled=sending.method == CANCEL,
                sent_at=at,
            )
            for sending in sendings
        ],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["sequence", "sent", "is_cancelled", "sent_at"],
    )
