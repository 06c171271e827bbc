"""How it stands with the hosts of a session: invited, agreed to confidentiality, or neither yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from common.times import short_moment
from events.models import Event, Session, SessionContributor
from hosting import access
from hosting.models import Deputy, Invitation, Withdrawal


@dataclass(frozen=True)
class HostRow:
    """Somebody who hosts or speaks, and how far they are."""

    link: SessionContributor
    standing: str = ""
    kind: str = "plain"
    can_be_invited: bool = False
    is_invited: bool = False
    deputy: Deputy | None = None


def rows(event: Event, links: Iterable[SessionContributor], agreed: frozenset[int]) -> list[HostRow]:
    """Return a row for each of a session's people. Two queries."""
    every = list(links)
    ids = [one.contributor_id for one in every]
    invited = dict(
        Invitation.objects.filter(event=event, contributor__in=ids).values_list("contributor", "invited_at")
    )
    deputies = {one.of_id: one for one in Deputy.objects.filter(of__in=[one.pk for one in every])}
    return [replace(_row(event, one, invited, agreed), deputy=deputies.get(one.pk)) for one in every]


def agreed(event: Event) -> frozenset[int]:
    """Return the ids of the hosts who have agreed. One query."""
    return access.agreed_hosts(event)


def withdrawn(session: Session) -> list[Withdrawal]:
    """Return who has withdrawn from a session, the latest first. One query."""
    return list(Withdrawal.objects.filter(session=session).select_related("contributor"))


def _row(
    event: Event, link: SessionContributor, invited: Mapping[int, datetime], agreed: frozenset[int]
) -> HostRow:
    if link.part != SessionContributor.Part.HOST:
        return HostRow(link)
    if not (link.contributor.member_id or link.contributor.email):
        return HostRow(link, "Cannot be emailed: no address", "problem")
    at = invited.get(link.contributor_id)
    can_be_invited = event.is_published
    if at is None:
        return HostRow(link, "Not invited", can_be_invited=can_be_invited)
    if link.contributor_id in agreed:
        return HostRow(link, "Sees who comes", "yours", is_invited=True)
    words = f"Invited {short_moment(at, event.zone)}; has not agreed yet"
    return HostRow(link, words, can_be_invited=can_be_invited, is_invited=True)
