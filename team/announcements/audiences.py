"""Who an announcement goes to: read anew each time it is asked, never kept.

An audience is people with accounts; that of hosts has those besides whom only the address of their record
reaches. Of them an announcement goes to who can be reached, and has not turned announcements off, unless it
is a service that they need.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from events.models import Contributor, Registration, Session
from live.models import Attendance
from members import email_choices
from members.models import Member, MemberQuerySet
from team.models import Announcement
from workshops.models import Booking

Audience = Announcement.Audience
#: The choice of members by which announcements are turned off.
CHOICE: Final = "announcements"
#: Those in which sessions may be chosen; without that it is all of the event.
OF_SESSIONS: Final = frozenset(
    {Audience.BOOKED, Audience.WAITING, Audience.CAME, Audience.MISSED, Audience.HOSTS}
)
#: Those that need no event.
OF_THE_COMMUNITY: Final = frozenset({Audience.MEMBERS, Audience.UNDECIDED})
_HELD: Final = {
    Audience.BOOKED: Booking.PLACED,
    Audience.THEME: Booking.PLACED,
    Audience.WAITING: (Booking.Status.WAITING, Booking.Status.OFFERED),
}


@dataclass(frozen=True)
class Reach:
    """How many people an audience has, and how many of them get nothing, and why."""

    people: int
    unreached: int
    unwanted: int

    @property
    def emails(self) -> int:
        """To how many it goes."""
        return self.people - self.unreached - self.unwanted


def members(told: Announcement) -> MemberQuerySet:
    """Return the people with accounts of its audience, whether or not they can be reached."""
    audience = Audience(told.audience)
    everybody: MemberQuerySet = Member.objects.all()
    if audience == Audience.MEMBERS:
        return everybody.active().filter(is_active=True)
    if audience == Audience.UNDECIDED:
        return everybody.to_be_decided()
    if audience == Audience.HOSTS:
        return everybody.filter(pk__in=hosts(told).values("member"))
    if audience in _HELD:
        bookings = Booking.objects.filter(session__in=_sessions(told), status__in=_HELD[audience])
        return everybody.filter(pk__in=bookings.values("member"))
    if audience in (Audience.CAME, Audience.MISSED):
        return everybody.filter(_was_there(told, is_there=audience == Audience.CAME))
    return _by_registration(told, audience, everybody)


def recipients(told: Announcement) -> MemberQuerySet:
    """Return those of them to whom it goes now."""
    reached = members(told).reachable()
    return reached if told.is_service else email_choices.who_want(reached, CHOICE)


def hosts_without_account(told: Announcement) -> "QuerySet[Contributor]":
    """Return hosts whom only the address of their record reaches, one for each address."""
    if told.audience != Audience.HOSTS:
        return Contributor.objects.none()
    reached = Member.objects.reachable()
    account = Q(Exists(reached.filter(pk=OuterRef("member"))))
    by_record = hosts(told).exclude(email="").filter(~account).annotate(address=Lower("email"))
    # Who hosts with an account too gets it there.
    with_account = recipients(told).annotate(address=Lower("email")).values("address")
    return by_record.exclude(address__in=with_account)


def hosts(told: Announcement) -> "QuerySet[Contributor]":
    """Return the records of the hosts of its sessions, none where it goes to others."""
    if told.audience != Audience.HOSTS:
        return Contributor.objects.none()
    return Contributor.objects.filter(sessions__in=_sessions(told)).distinct()


def reach(told: Announcement) -> Reach:
    """Return how many it has, and how many of them get nothing. Three queries at most."""
    everybody = members(told)
    reached = everybody.reachable().aggregate(number=Count("pk"))["number"]
    number = everybody.count()
    emails = reached if told.is_service else recipients(told).count()
    if told.audience != Audience.HOSTS:
        return Reach(number, number - reached, reached - emails)
    by_record = hosts_without_account(told).count()
    unreached = hosts_out_of_reach(told).count()
    return Reach(reached + by_record + unreached, unreached, 0)


def hosts_out_of_reach(told: Announcement) -> "QuerySet[Contributor]":
    """Return hosts to whom nothing can be sent, by account or by their record's address."""
    reached = Exists(Member.objects.reachable().filter(pk=OuterRef("member")))
    return hosts(told).filter(~reached, email="")


def _by_registration(told: Announcement, audience: Audience, everybody: MemberQuerySet) -> MemberQuerySet:
    of_event = Registration.objects.filter(event=told.event_id, member=OuterRef("pk"))
    if audience == Audience.NOT_REGISTERED:
        return everybody.active().filter(~Exists(of_event.current()), is_active=True)
    there = everybody.filter(Exists(of_event.confirmed()))
    if audience == Audience.NOTHING_BOOKED:
        bookings = Booking.objects.live().filter(session__event=told.event_id, member=OuterRef("pk"))
        return there.filter(~Exists(bookings))
    return there


def _was_there(told: Announcement, *, is_there: bool) -> Q:
    """Return whether they were in one of its sessions, or had a place and were in none.

    Of a session in which nothing was noted of anybody nobody is said to have missed it, and nobody who hosts
    or speaks at the event. Where nobody books, whoever is registered was expected.
    """
    sessions = _sessions(told)
    came = Attendance.objects.came().filter(session__in=sessions, registration__member=OuterRef("pk"))
    if is_there:
        return Q(Exists(came))
    noted = sessions.filter(Exists(Attendance.objects.came().filter(session=OuterRef("pk"))))
    places = Booking.objects.with_place().filter(session__in=noted, member=OuterRef("pk"))
    registered = Registration.objects.confirmed().filter(
        Exists(noted.filter(workshop=None)), event=told.event_id, member=OuterRef("pk")
    )
    hosting = Contributor.objects.filter(sessions__event=told.event_id, member=OuterRef("pk"))
    return (Q(Exists(places)) | Q(Exists(registered))) & ~Q(Exists(came)) & ~Q(Exists(hosting))


def _sessions(told: Announcement) -> "QuerySet[Session]":
    sessions = Session.objects.filter(event=told.event_id)
    if told.audience == Audience.THEME:
        return sessions.filter(themes=told.theme_id)
    return sessions.filter(pk__in=told.sessions.all()) if told.is_of_chosen else sessions
