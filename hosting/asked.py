"""Hosts who are asked whether recordings of their session may be shown are told by email, once a session.

Who was invited has a page where they answer, while it is open, and is told as soon as both are so: asked, and
invited. Speakers have none: the team asks them. What is removed before its letter went out is told of nobody.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, Min, OuterRef

from events.models import Event, Session, SessionContributor
from hosting import access
from hosting.models import Invitation
from hosting.persons import each_once, told_of
from notifications import outbox
from notifications.models import Message
from recordings.models import Consent, Recording

KIND: Final = "host-recording"


def tell(*, at: datetime) -> int:
    """Owe the letter to whom it was not owed yet; return of how many. Twice is once."""
    earliest = at.date() - 2 * access.PEOPLE_SEEN
    events = Event.objects.filter(status=Event.Status.PUBLISHED, last_day__gte=earliest).order_by("pk")
    return sum(_tell(one, at) for one in events if not access.is_over_for_hosts(one, at))


@transaction.atomic
def _tell(event: Event, at: datetime) -> int:
    waiting = _waiting(event)
    recordings = Recording.objects.filter(session__in=waiting).values_list("session")
    first = dict(recordings.order_by("session").annotate(Min("pk")))
    number = 0
    for session, hosts in waiting.items():
        found = [one for one in access.with_address().filter(pk__in=hosts) if access.address_of(one)]
        sent = Message.objects.filter(kind=KIND, key__startswith=f"{KIND}:{session}:")
        told = told_of(sent.exclude(state=Message.State.SUPERSEDED)) if found else set()
        for one, known_as in each_once(found).values():
            if known_as & told or session not in first:
                continue
            number += 1
            outbox.enqueue(
                KIND,
                at=at,
                key=f"{KIND}:{session}:{one.pk}:{first[session]}",
                payload={"event": event.pk, "contributor": one.pk, "session": session},
                not_after=access.closes_at(event),
                **access.to(one),
            )
    return number


def _waiting(event: Event) -> dict[int, list[int]]:
    """Return which invited hosts were asked and have not answered, by session."""
    links = SessionContributor.objects.filter(
        Exists(Invitation.objects.filter(event=event, contributor=OuterRef("contributor"))),
        Exists(
            Consent.objects.filter(
                session=OuterRef("session"), contributor=OuterRef("contributor"), answer=Consent.Answer.ASKED
            )
        ),
        session__event=event,
        session__status=Session.Status.PUBLISHED,
        part=SessionContributor.Part.HOST,
    )
    found: dict[int, list[int]] = {}
    for session, contributor in links.order_by("session", "contributor").values_list(
        "session", "contributor"
    ):
        found.setdefault(session, []).append(contributor)
    return found
