"""Makes named people and things for tests: plain functions, no surprises, everything can be overridden."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import F
from django.utils import timezone

from audit.actors import COMMAND
from blog.models import Author, Post
from comments.models import Comment
from events import access_needs
from events.models import (
    AccessNeed,
    AccessNeeds,
    Contributor,
    Event,
    EventPlaces,
    NeedToStop,
    Registration,
    Session,
    SessionContributor,
    Theme,
)
from events.programme.cache_version import raise_version
from hosting.access import identity
from hosting.models import Agreement, HostNeed, HostNeedToStop, Invitation
from members.models import Member
from tests.found import found
from workshops.models import Workshop

#: The moment at which most tests play: an ordinary Monday morning.
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
#: Who acts where a test does not ask who.
BY = COMMAND

_numbers = count(1)


def member(name: str = "Ada", **fields: Any) -> Member:
    """An active member with a confirmed address; ``password`` is usable where given."""
    number = next(_numbers)
    password = fields.pop("password", None)
    defaults: dict[str, Any] = {"email": f"{number}@example.org", "membership": Member.Membership.ACTIVE}
    person = Member.objects.create_user(name=name, password=password, **(defaults | fields))
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def event(capacity: int | None = None, **fields: Any) -> Event:
    """A published event two weeks after ``NOW``; registration and booking are open."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "slug": f"event-{number}",
        "title": f"Event {number}",
        "first_day": date(2026, 11, 18),
        "last_day": date(2026, 11, 19),
        "status": Event.Status.PUBLISHED,
    }
    made = Event.objects.create(**(defaults | fields))
    EventPlaces.objects.create(event=made, capacity=capacity)
    return made


def event_ahead(**fields: Any) -> Event:
    """An event that lies ahead of the real clock, which the admin reads."""
    first = timezone.now().date() + timedelta(days=30)
    return event(first_day=first, last_day=first + timedelta(days=1), **fields)


def session(event: Event, *, hour: float = 10, hours: float = 1, day: int = 0, **fields: Any) -> Session:
    """A published workshop on the event's first day (or ``day`` days later) at ``hour`` o'clock UTC."""
    number = next(_numbers)
    midnight = datetime.combine(event.first_day, datetime.min.time(), tzinfo=UTC)
    starts_at = midnight + timedelta(days=day, hours=hour)
    defaults: dict[str, Any] = {
        "title": f"Session {number:05}",
        "slug": f"session-{number}",
        "format": Session.Format.WORKSHOP,
        "status": Session.Status.PUBLISHED,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=hours),
    }
    raise_version(event.pk)
    event.version += 1
    return Session.objects.create(event=event, **(defaults | fields))


def later(session: Session, by: timedelta) -> Session:
    """The session put later (or earlier) by so much; it is not saved."""
    session.starts_at, session.ends_at = found(session.starts_at) + by, found(session.ends_at) + by
    return session


def workshop(event: Event, capacity: int | None = 5, **fields: Any) -> Session:
    """A session with places to book; returns the session, its places are ``session.workshop``."""
    made = session(event, **fields)
    Workshop.objects.create(session=made, capacity=capacity, during=(made.starts_at, made.ends_at))
    return made


def theme(event: Event, title: str = "Improvement", **fields: Any) -> Theme:
    """A theme of the event."""
    number = next(_numbers)
    return Theme.objects.create(event=event, title=title, **({"slug": f"theme-{number}"} | fields))


def host(session: Session, name: str = "Hana", **fields: Any) -> Contributor:
    """A contributor who hosts the session."""
    number = next(_numbers)
    contributor = Contributor.objects.create(name=name, **({"email": f"host-{number}@example.org"} | fields))
    SessionContributor.objects.create(session=session, contributor=contributor)
    return contributor


def invited(contributor: Contributor, event: Event) -> Invitation:
    """The invitation of a host to the hosts' pages of an event, a day before ``NOW``."""
    return Invitation.objects.create(event=event, contributor=contributor, invited_at=NOW - timedelta(days=1))


def host_need(contributor: Contributor, event: Event, kind: str = "captions", words: str = "") -> HostNeed:
    """What a host of an event needs to host, told by who they are."""
    return HostNeed.objects.create(
        event=event,
        contributor=contributor,
        kind=kind,
        words=words,
        told_at=NOW,
        told_as=identity(contributor),
    )


def host_need_to_stop(
    contributor: Contributor | None, event: Event, kind: str = "captions"
) -> HostNeedToStop:
    """What was arranged for a host who needs it no more; without one, for whoever was erased."""
    return HostNeedToStop.objects.create(event=event, contributor=contributor, kind=kind, withdrawn_at=NOW)


def agreed(contributor: Contributor, event: Event) -> Agreement:
    """The agreement of a host to confidentiality, as who they are."""
    return Agreement.objects.create(
        event=event, contributor=contributor, agreed_as=identity(contributor), words="I agree.", agreed_at=NOW
    )


def registration(event: Event, member: Member, **fields: Any) -> Registration:
    """A confirmed registration, counted among the event's places."""
    defaults: dict[str, Any] = {
        "status": Registration.Status.CONFIRMED,
        "code_of_conduct_accepted_at": NOW,
        "created_at": NOW,
        "status_changed_at": NOW,
    }
    made = Registration.objects.create(event=event, member=member, **(defaults | fields))
    if made.is_confirmed:
        EventPlaces.objects.filter(event=event).update(taken=F("taken") + 1)
    return made


def needs(
    registration: Registration, words: str = "", *, shared: bool = False, kinds: Iterable[str] = ()
) -> AccessNeeds:
    """What they told that they need, an hour before ``NOW``; ``shared`` of all of it with hosts."""
    told = dict.fromkeys(kinds, shared)
    at = NOW - timedelta(hours=1)
    access_needs.save(registration, by=BY, at=at, needs=words, share_with_hosts=shared, kinds=told)
    return AccessNeeds.objects.get(registration=registration)


def need(registration: Registration, kind: str = "captions", words: str = "", **fields: Any) -> AccessNeed:
    """One need of theirs, asked an hour before ``NOW``, as a case in any state."""
    told, _ = AccessNeeds.objects.get_or_create(registration=registration)
    asked_at = NOW - timedelta(hours=1)
    defaults = {"kind": kind, "words": words, "asked_at": asked_at, "state_changed_at": asked_at}
    return AccessNeed.objects.create(told=told, **(defaults | fields))


def to_stop(
    registration: Registration, kind: str = "sign-language", *, is_erased: bool = False
) -> NeedToStop:
    """What was arranged for somebody who needs it no more; of who ``is_erased``, for nobody."""
    whose = None if is_erased else registration
    return NeedToStop.objects.create(
        event=registration.event, registration=whose, kind=kind, withdrawn_at=NOW
    )


def crowd(event: Event, number: int) -> list[Registration]:
    """So many members, registered: the quick way to a crowd."""
    first = next(_numbers)
    people = Member.objects.bulk_create(
        Member(name=f"Member {n}", email=f"crowd-{first}-{n}@example.org", membership="active")
        for n in range(number)
    )
    registrations = Registration.objects.bulk_create(
        Registration(
            event=event,
            member=person,
            status=Registration.Status.CONFIRMED,
            code_of_conduct_accepted_at=NOW,
            created_at=NOW,
            status_changed_at=NOW,
        )
        for person in people
    )
    EventPlaces.objects.filter(event=event).update(taken=F("taken") + number)
    return registrations


def post(title: str = "Rota as kindness", **fields: Any) -> Post:
    """A post that was published an hour before ``NOW``, with one paragraph; ``authors`` are members."""
    number = next(_numbers)
    authors = fields.pop("authors", ())
    defaults: dict[str, Any] = {
        "slug": f"post-{number}",
        "standfirst": "What a ward learnt when it asked who wants which shift.",
        "body": "<p>We asked everybody.</p>",
        "text": "We asked everybody.",
        "status": Post.Status.PUBLISHED,
        "published_at": NOW - timedelta(hours=1),
        "created_at": NOW - timedelta(days=1),
    }
    made = Post.objects.create(title=title, **(defaults | fields))
    for position, one in enumerate(authors):
        Author.objects.create(post=made, member=one, position=position)
    return made


def comment(post: Post, member: Member | None = None, /, **fields: Any) -> Comment:
    """A published comment, by ``member`` or a guest called Gwen; ``thread`` and ``reply_to`` as given."""
    guest = {} if member else {"guest_name": "Gwen", "guest_email": f"{next(_numbers)}@guests.example"}
    defaults: dict[str, Any] = {
        "body": "Thank you for this.",
        "status": Comment.Status.PUBLISHED,
        "published_at": NOW,
        "created_at": NOW,
        "status_changed_at": NOW,
        "submission": uuid4(),
        **guest,
    }
    if fields.get("status", "published") != "published":
        defaults["published_at"] = None
    return Comment.objects.create(post=post, member=member, **(defaults | fields))


def known_to_the_planner() -> None:
    """Tell Postgres how many rows there are: autovacuum may have looked when the tables were empty.

    It then expects none, and joins hundreds of rows of many tables in a way that takes minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
