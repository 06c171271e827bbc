"""The waiting list of a session as the team reads it: of each, why they have not moved up.

What is said is what ``waiting_list`` would do if a place came free now: give it, hold it for them where it
overlaps what they have booked, or pass them where they host at that time or it is too late. Three queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from audit.acts import Act
from audit.models import Entry
from common.times import short_moment
from common.words import titles
from events.models import Session, SessionContributor
from members.models import Member
from workshops.models import Booking
from workshops.places.deadlines import TELEPHONE

Status = Booking.Status
#: The states of those who are in line, whatever their turn brought them.
IN_LINE = (Status.WAITING, Status.OFFERED, Status.PASSED)
#: What ended a turn → how the list says it.
_PASSED_BY = {
    Act.OFFER_DECLINED: "Declined the place that was held.",
    Act.OFFER_LAPSED: "Did not accept the place in time.",
    Act.PASSED_OVER: "Could not take the place.",
}
#: What left a place to decide → since when it overlaps.
_SINCE = {
    Act.CONTESTED: "since a session moved",
    Act.CONTESTED_BY_RETURN: "since this session was brought back",
}
_FIRST = "The next place that comes free is theirs."
_BEGUN = "It has begun, so no place is given any more."
_HIDDEN = "No place is given while the session or its event is not published."


@dataclass(frozen=True)
class _Busy:
    """What somebody has booked, and what they host, at the time of the session."""

    booked: list[Session] = field(default_factory=list)
    hosted: list[Session] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """Why each of a line has not moved up; ``position`` is the one that members see."""

    session: Session
    at: datetime
    busy: Mapping[int, _Busy]
    passed_by: Mapping[int, str]
    since: Mapping[int, str]

    def why(self, one: Booking, position: int | None) -> str:
        """Say how it stands with somebody."""
        busy = self.busy.get(one.member_id, _Busy())
        if one.status == Status.OFFERED:
            until = short_moment(one.expires_at, self.session.event.zone)
            return " ".join([f"A place is held for them until {until}.", *_what(busy)])
        if one.status == Status.PASSED:
            return " ".join([self.passed_by.get(one.pk, "Passed."), *_what(busy)])
        return self._closed() or _would(busy) or (_FIRST if position == 1 else "")

    def to_decide(self, one: Booking) -> str:
        """Say what a place overlaps and since when, until when they can decide, and what to do."""
        overlaps = self.busy.get(one.member_id, _Busy()).booked
        until = short_moment(one.expires_at, self.session.event.zone)
        ends_with_a_start = one.expires_at in {session.starts_at for session in (self.session, *overlaps)}
        is_soon = one.expires_at is not None and one.expires_at - self.at < TELEPHONE
        asks = ["Telephone them: an email may come too late."] if ends_with_a_start or is_soon else []
        overlapped = " ".join(filter(None, [titles(overlaps), self.since.get(one.pk)]))
        return " ".join([f"It overlaps {overlapped}. To decide until {until}.", *asks])

    def _closed(self) -> str:
        if self.session.has_started(self.at):
            return _BEGUN
        return "" if self.session.is_published and self.session.event.is_published else _HIDDEN


def look(session: Session, in_line: Sequence[Booking], *, at: datetime) -> Line:
    """Return what there is to say of those in line, whose members are loaded."""
    passed = _last_act(in_line, Status.PASSED, _PASSED_BY)
    contested = _last_act(in_line, Status.CONTESTED, _SINCE)
    return Line(session, at, _busy(session, in_line), passed, contested)


def _would(busy: _Busy) -> str:
    """Say what a place that came free would do for who has something at that time."""
    if busy.hosted:
        return f"A place would pass them by: they host {titles(busy.hosted)} at that time."
    if busy.booked:
        return f"A place would be held for them to decide: it overlaps {titles(busy.booked)}."
    return ""


def _what(busy: _Busy) -> list[str]:
    overlaps = [f"It overlaps {titles(busy.booked)}, which they have booked."] if busy.booked else []
    return overlaps + ([f"They host {titles(busy.hosted)} at that time."] if busy.hosted else [])


def _busy(session: Session, in_line: Iterable[Booking]) -> dict[int, _Busy]:
    """Return what of theirs is at the time of the session, by member."""
    members = {one.member_id: one.member for one in in_line}
    found: dict[int, _Busy] = defaultdict(_Busy)
    if not (members and session.is_live):
        return found
    during = (session.starts_at, session.ends_at)
    bookings = Booking.objects.with_place().filter(member__in=members, during__overlap=during)
    for one in bookings.exclude(session=session).select_related("session").order_by("during"):
        found[one.member_id].booked.append(one.session)
    by_address = {member.email.lower(): pk for pk, member in members.items()}
    for link in _hosting(session, members):
        theirs = {link.contributor.member_id, by_address.get(link.contributor.email.lower())}
        for pk in theirs & set(members):
            if pk is not None:
                found[pk].hosted.append(link.session)
    return found


def _hosting(session: Session, members: Mapping[int, Member]) -> "QuerySet[SessionContributor]":
    emails = [member.email.lower() for member in members.values()]
    sessions = Session.objects.published().filter(
        starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
    )
    links = SessionContributor.objects.filter(session__in=sessions).select_related("session", "contributor")
    address = links.annotate(address=Lower("contributor__email"))
    return address.filter(Q(contributor__member__in=members) | Q(address__in=emails))


def _last_act(bookings: Iterable[Booking], status: Status, words: Mapping[Act, str]) -> dict[int, str]:
    """Return of each in this state what the trail tells of how it came to be, in ``words``. One query."""
    ids = [one.pk for one in bookings if one.status == status]
    entries = Entry.objects.filter(thing=Booking._meta.label_lower, thing_id__in=ids, act__in=list(words))
    last = entries.order_by("thing_id", "-id").distinct("thing_id")
    return {one.thing_id: words[Act(one.act)] for one in last}
