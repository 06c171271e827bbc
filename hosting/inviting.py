"""Inviting hosts to their pages: the team does, one letter each, to the address that is theirs.

The letter and its link hold nothing of anybody and open nothing by themselves: whoever comes shows that the
address is theirs (``proof``). Inviting again sends the letter again, but not twice within ``PAUSE``.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from audit import trail
from audit.acts import Act
from common.transactions import retried
from events.models import Contributor, Event, SessionContributor
from hosting import access
from hosting.access import HostingRefused
from hosting.models import Invitation
from members.models import Member
from notifications import outbox

KIND: Final = "host-invited"
#: Pressed again within this time it is one invitation.
PAUSE: Final = timedelta(minutes=10)
#: Of ``access.with_address``, which adds the column.
_UNREACHED: Final = {"address": ""}


class CannotInvite(HostingRefused):
    """They host nothing there, have no address, or the event does not take place."""


@retried
def invite(event: Event, contributor: Contributor, *, by: Member, at: datetime) -> bool:
    """Invite a host to their pages of an event; return whether a letter is owed. Raises ``CannotInvite``."""
    Contributor.objects.select_for_update(no_key=True).get(pk=contributor.pk)
    host = access.with_address().get(pk=contributor.pk)
    _check(event, host, at)
    known = Invitation.objects.filter(event=event, contributor=host).first()
    if known is not None and at - known.invited_at < PAUSE:
        return False
    Invitation.objects.update_or_create(event=event, contributor=host, defaults={"invited_at": at, "by": by})
    trail.record(host, Act.HOST_INVITED, by=by, at=at, event=event.pk)
    outbox.enqueue(
        KIND,
        at=at,
        key=f"{KIND}:{event.pk}:{host.pk}:{at.isoformat()}",
        payload={"event": event.pk, "contributor": host.pk},
        **access.to(host),
    )
    return True


def invite_all(event: Event, *, by: Member, at: datetime) -> int:
    """Invite the hosts of an event who were not invited yet and can be reached; return how many."""
    if not event.is_published:
        raise CannotInvite("Publish the event first: hosts come to its pages.")
    return sum(invite(event, one, by=by, at=at) for one in to_invite(event))


def to_invite(event: Event) -> list[Contributor]:
    """Return the hosts of an event whom nobody has invited and who can be reached, by name. One query."""
    return list(_to_invite(event))


def number_to_invite(event: Event) -> int:
    """Return how many they are. One query."""
    return _to_invite(event).count()


def _to_invite(event: Event) -> "QuerySet[Contributor]":
    invited = Invitation.objects.filter(event=event).values("contributor")
    hosts = access.with_address().filter(pk__in=_hosts(event).values("contributor"))
    return hosts.exclude(pk__in=invited).exclude(**_UNREACHED)


def _check(event: Event, host: Contributor, at: datetime) -> None:
    if not event.is_published:
        raise CannotInvite("Publish the event first: hosts come to its pages.")
    if event.is_over(at):
        raise CannotInvite("The event is over, so nobody is invited to it any more.")
    if not _hosts(event).filter(contributor=host).exists():
        raise CannotInvite(f"{host.name} hosts no session of this event. Make them a host of one first.")
    if not access.address_of(host):
        raise CannotInvite(f"{host.name} cannot be emailed. Enter their address in the admin first.")


def _hosts(event: Event) -> "QuerySet[SessionContributor]":
    links = SessionContributor.objects.filter(session__event=event, part=SessionContributor.Part.HOST)
    return links.exclude(session__status="cancelled")
