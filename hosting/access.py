"""Who is a host, and what opens for them: one rule, asked anew at every request and inside every act.

A reader is known by the account that they are logged in with, or by an address whose code they typed in here.
Their sessions are those that they host and were invited to by the team, or in which such a host has made them
their deputy. People are seen only by who has
agreed to confidentiality as who they are now, and until ``PEOPLE_SEEN`` after the event's last day. Whoever
is taken out of a session, withdraws, or has another address from now on, sees nothing more from that moment.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from audit.actors import HOST, By
from common.refusals import Refusal
from common.statements import Statement
from concerns.models import Removal
from events.models import Contributor, Event, Session, SessionContributor
from events.models.access_needs import HOSTS_SEE
from hosting.models import Agreement, Deputy, Invitation
from members.models import Member
from workshops.models import Workshop

#: How long after the event's last day hosts see who came.
PEOPLE_SEEN: Final = HOSTS_SEE


class HostingRefused(Refusal):
    """An expected no."""


class NotTheirs(HostingRefused):
    """The reader does not host the session, or no longer."""

    def __init__(self) -> None:
        super().__init__("You do not host this session, or not any more.")


@dataclass(frozen=True)
class Reader:
    """Who asks: an account, and an address that they have shown to be theirs; either may be missing."""

    member: Member | None = None
    address: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it is known who asks."""
        return self.member is not None or bool(self.address)

    @property
    def by(self) -> By:
        """Who acts, for the trail: their account, or a host without one."""
        return self.member or HOST


@dataclass(frozen=True)
class Part:
    """One session of a reader's: as whom they host it, and whether they have agreed to confidentiality."""

    session: Session
    contributor: Contributor
    has_agreed: bool
    #: The host's own part; ``is_deputy``: the reader stands in for that host.
    link: SessionContributor
    is_deputy: bool = False

    @property
    def places(self) -> Workshop | None:
        """The counters of the session, ``None`` where nobody books it."""
        return getattr(self.session, "workshop", None)

    @property
    def booked(self) -> int:
        """How many have a place; one that is held for the line is nobody's yet."""
        return self.places.taken - self.places.held if self.places else 0

    def sees_people(self, at: datetime) -> bool:
        """Whether they see who comes, at this moment."""
        return self.has_agreed and not is_over_for_hosts(self.session.event, at)


def is_over_for_hosts(event: Event, at: datetime) -> bool:
    """Whether hosts see nobody any more: two weeks after the last day, by the event's own clock."""
    return at >= closes_at(event)


def last_day(event: Event) -> date:
    """Return the last day on which hosts see who came."""
    return event.last_day + PEOPLE_SEEN


def closes_at(event: Event) -> datetime:
    """Return the moment at which that day is over."""
    return datetime.combine(last_day(event) + timedelta(days=1), time.min, tzinfo=event.zone)


def parts(event: Event, reader: Reader, *, at: datetime) -> list[Part]:
    """Return the sessions that the reader hosts by invitation, each once, by time. Five queries."""
    found: dict[int, Part] = {}
    for one in every_part(event, reader, at=at):
        if one.session.pk not in found or (one.has_agreed and not found[one.session.pk].has_agreed):
            found[one.session.pk] = one
    return sorted(found.values(), key=_by_time)


def every_part(event: Event, reader: Reader, *, at: datetime) -> list[Part]:
    """Return all parts of a reader, who may stand in a session under two records."""
    if not reader.is_known or event.status == Event.Status.DRAFT or is_over_for_hosts(event, at):
        return []
    links = list(_links(event, reader))
    hosted = {link.session_id for link in links}
    deputies = [one for one in _deputies(event, reader) if one.of.session_id not in hosted]
    agreed = _agreed(event, [*(one.contributor for one in links), *(one.contributor for one in deputies)])
    found = [Part(one.session, one.contributor, one.contributor_id in agreed, one) for one in links]
    found += [
        Part(one.of.session, one.contributor, one.contributor_id in agreed, one.of, is_deputy=True)
        for one in deputies
    ]
    return found


def hosts(member: Member, session: Session, *, at: datetime) -> bool:
    """Whether the host page of the session opens for a member: for the way that leads there. One query."""
    if is_over_for_hosts(session.event, at):
        return False
    return _HOSTED.first(member=member.pk, session=session.pk) is not None


def events_of(member: Member, *, at: datetime) -> list[Event]:
    """Return the events whose hosts' pages open for a member now, by day. One query."""
    earliest = at.date() - PEOPLE_SEEN - timedelta(days=1)
    found = _EVENTS.all(member=member.pk, earliest=earliest)
    return [one for one in found if not is_over_for_hosts(one, at)]


def _hosted(member: int) -> "QuerySet[Session]":
    """Return the sessions of ``parts`` by account, of any event."""
    theirs = Contributor.objects.filter(_of_account(member))
    links = _hosting(theirs, SessionContributor.objects.filter(session=OuterRef("pk")), "")
    deputies = _hosting(theirs, Deputy.objects.filter(of__session=OuterRef("pk")), "of__")
    return Session.objects.filter(Exists(links) | Exists(deputies)).exclude(event__status=Event.Status.DRAFT)


def _events(member: int, earliest: date) -> "QuerySet[Event]":
    here = _hosted(member).filter(event=OuterRef("pk"))
    return Event.objects.filter(Exists(here), last_day__gte=earliest).order_by("first_day", "pk")


def part(session: Session, reader: Reader, *, at: datetime) -> Part:
    """Return the reader's part in a session that comes with its event. Raises ``NotTheirs``."""
    for one in parts(session.event, reader, at=at):
        if one.session.pk == session.pk:
            return one
    raise NotTheirs


def may_ask(event: Event, address: str, *, at: datetime) -> bool:
    """Whether a code to this address opens anything of the event."""
    return bool(parts(event, Reader(address=address), at=at))


def agreed_hosts(event: Event) -> frozenset[int]:
    """Return the ids of those who have agreed as who they are now. One query."""
    rows = Agreement.objects.filter(event=event).select_related("contributor")
    return frozenset(one.contributor_id for one in rows if one.agreed_as == identity(one.contributor))


def agreed_deputies(session_ids: Collection[int]) -> "list[Deputy]":
    """Return the deputies in these sessions who have agreed as who they are now, and can be written to.

    Each with ``contributor`` of ``with_address``. One query where there are none, else three.
    """
    invited = Invitation.objects.filter(
        event=OuterRef("of__session__event"), contributor=OuterRef("of__contributor")
    )
    found = Deputy.objects.filter(
        Exists(invited), of__session__in=session_ids, of__part=SessionContributor.Part.HOST
    ).select_related("of__session")
    deputies = list(found.prefetch_related(Prefetch("contributor", with_address())).order_by("pk"))
    ids = {one.contributor_id for one in deputies}
    rows = Agreement.objects.filter(contributor__in=ids) if ids else ()
    agreed = {(one.event_id, one.contributor_id, one.agreed_as) for one in rows}
    return [
        one
        for one in deputies
        if address_of(one.contributor)
        and (one.of.session.event_id, one.contributor_id, identity(one.contributor)) in agreed
    ]


def identity(contributor: Contributor) -> str:
    """Return what somebody is known by: their account, else their address."""
    if contributor.member_id is not None:
        return f"account {contributor.member_id}"
    return contributor.email.lower()


def with_address() -> "QuerySet[Contributor]":
    """Return contributors with ``address``: where they are written to, and what a code shows to be theirs.

    That of their account, where they may be written to there; "" of one that is closed.
    """
    reached = Exists(Member.objects.reachable().filter(pk=OuterRef("member")))
    address = Case(
        When(member=None, then=Lower("email")),
        When(reached, then=Lower("member__email")),
        When(member__is_active=True, then=Lower("email")),
        default=Value(""),
    )
    return Contributor.objects.select_related("member").annotate(address=address, is_reached=reached)


def address_of(contributor: Contributor) -> str:
    """Return the address of one of ``with_address``."""
    address: str = contributor.address  # type: ignore[attr-defined]  # annotated
    return address


def to(contributor: Contributor) -> dict[str, Any]:
    """Return to whom the outbox owes a letter for one of ``with_address``: their account, else an address."""
    is_reached: bool = contributor.is_reached  # type: ignore[attr-defined]  # annotated
    return {"member": contributor.member} if is_reached else {"email": address_of(contributor)}


def of_reader(reader: Reader) -> "QuerySet[Contributor]":
    """Return the records that are the reader's own, by account, confirmed address or code.

    Addresses are compared letter by letter: in capitals, as ``iexact`` has them, "ı" is an "I", and whoever
    owns the one domain would be who has the other.
    """
    theirs = Q(pk__in=[])
    if reader.member is not None:
        theirs |= _of_account(reader.member.pk)
    if reader.address:
        theirs |= Q(address=reader.address)
    return with_address().filter(theirs)


def _of_account(member: int) -> Q:
    confirmed = EmailAddress.objects.filter(user=member, verified=True, email=Lower(OuterRef("email")))
    return Q(member=member) | Q(Exists(confirmed), member=None)


def _hosting(contributors: "QuerySet[Contributor]", rows: "QuerySet[Any]", link: str) -> "QuerySet[Any]":
    """Return those of ``rows`` by which they host; ``link`` leads from one to the host's own part."""
    invited = Invitation.objects.filter(
        event=OuterRef(f"{link}session__event"), contributor=OuterRef(f"{link}contributor")
    )
    theirs = Q(member=OuterRef("contributor__member"))
    theirs |= Q(member__emailaddress__email=Lower(OuterRef("contributor__email")))
    is_out = Removal.objects.in_force().filter(theirs, event=OuterRef(f"{link}session__event"))
    return rows.filter(
        Exists(invited),
        ~Exists(is_out),
        contributor__in=contributors.values("pk"),
        **{f"{link}part": SessionContributor.Part.HOST},
    )


def _links(event: Event, reader: Reader) -> "QuerySet[SessionContributor]":
    links = _hosting(of_reader(reader), SessionContributor.objects.filter(session__event=event), "")
    links = links.select_related("session__event", "session__workshop")
    return links.prefetch_related(Prefetch("contributor", with_address())).order_by("pk")


def _deputies(event: Event, reader: Reader) -> "QuerySet[Deputy]":
    """Return where the reader stands in for a host who is invited and still hosts."""
    deputies = _hosting(of_reader(reader), Deputy.objects.filter(of__session__event=event), "of__")
    deputies = deputies.select_related("of__session__event", "of__session__workshop", "of__contributor")
    return deputies.prefetch_related(Prefetch("contributor", with_address())).order_by("pk")


def _by_time(part: Part) -> tuple[bool, float, str, int]:
    """Order parts as the programme does; what is on demand comes last."""
    starts_at = part.session.starts_at
    when = starts_at.timestamp() if starts_at else 0.0
    return starts_at is None, when, part.session.title, part.session.pk


def _agreed(event: Event, contributors: Iterable[Contributor]) -> set[int]:
    """Return who of these has agreed as who they are now; of a closed account that is nobody."""
    known = {one.pk: one for one in contributors}
    rows = Agreement.objects.filter(event=event, contributor__in=known) if known else ()
    return {one.contributor_id for one in rows if one.agreed_as == identity(known[one.contributor_id])}


_HOSTED = Statement(
    lambda member, session: _hosted(member).filter(pk=session).values_list("pk", flat=True)[:1]
)
_EVENTS = Statement(_events)
