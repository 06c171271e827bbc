"""Hosts who are asked whether recordings of their session may be shown are told by email, once a session.

Who was invited has a page where they answer, while it is open. Speakers have none: the team asks them.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef

from events.models import Contributor, Session, SessionContributor
from hosting import access
from hosting.models import Invitation
from hosting.persons import each_once
from notifications import outbox

KIND: Final = "host-recording"


def tell(session: Session, asked: Collection[Contributor], *, at: datetime) -> None:
    """Owe the letter to those who were just asked and answer on a page of theirs; in the same transaction."""
    if not session.event.is_published or access.is_over_for_hosts(session.event, at):
        return
    invited = Invitation.objects.filter(event=session.event, contributor=OuterRef("contributor"))
    hosts = SessionContributor.objects.filter(
        Exists(invited), session=session, part=SessionContributor.Part.HOST, contributor__in=asked
    )
    found = access.with_address().filter(pk__in=hosts.values("contributor")).order_by("pk")
    for one, _known_as in each_once(one for one in found if access.address_of(one)).values():
        outbox.enqueue(
            KIND,
            at=at,
            key=f"{KIND}:{session.pk}:{one.pk}",
            payload={"event": session.event_id, "contributor": one.pk, "session": session.pk},
            not_after=access.closes_at(session.event),
            **access.to(one),
        )
