"""A host names a deputy, by name and address: with the same access, as long as the host has it.

One for each host and session, invited by mail like a host, and known by the address or account that is
theirs. A deputy agrees to confidentiality themselves and names nobody. The record that was made for one goes
30 days after the event, with the address.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common.transactions import retried
from events.models import Contributor, Session, SessionContributor
from hosting import access
from hosting.access import HostingRefused, Part, Reader
from hosting.models import Deputy
from hosting.people import seen_by
from members.accounts import limits
from members.accounts.limits import Limit
from notifications import outbox

KIND: Final = "host-deputy"
RETENTION: Final = timedelta(days=30)
#: A host writes to few strangers through us.
NAMED: Final = Limit("deputies named", 5, timedelta(days=1))


class DeputyRefused(HostingRefused):
    """The host has a deputy, the address is of somebody who is there already, or it is too late."""


def name(session: Session, reader: Reader, *, called: str, email: str, at: datetime) -> None:
    """Make somebody the reader's deputy, and invite them.

    Raises ``NotTheirs``, ``NotAgreed`` and ``DeputyRefused``.
    """
    part = seen_by(session, reader, at=at)
    try:
        limits.count([NAMED.of(str(part.contributor.pk))], at=at)
    except limits.TooMany as refused:
        raise DeputyRefused(
            _("You have named several deputies today. Ask the team to name another.")
        ) from refused
    _name(session, reader, called, email.lower(), at)


@retried
def _name(session: Session, reader: Reader, called: str, email: str, at: datetime) -> None:
    part = _locked(session, reader, at)
    if part.is_deputy:
        raise DeputyRefused(_("A deputy names no other deputy."))
    if session.event.is_over(at):
        raise DeputyRefused(_("The event is over, so nobody needs to stand in for you."))
    if Deputy.objects.filter(of=part.link).exists():
        raise DeputyRefused(_("You have a deputy already. Take them out first, then name another."))
    deputy, is_new = _record(email, called)
    known = access.with_address().get(pk=deputy.pk)
    is_there = SessionContributor.objects.filter(session=session, contributor=deputy).exists()
    if is_there or not access.address_of(known):
        raise DeputyRefused(_("Name somebody else: this address cannot be a deputy of this session."))
    Deputy.objects.create(of=part.link, contributor=deputy, name=called, is_record_new=is_new, named_at=at)
    trail.record(session, Act.DEPUTY_NAMED, by=reader.by, at=at, contributor=deputy.pk)
    outbox.enqueue(
        KIND,
        at=at,
        key=f"{KIND}:{part.link.pk}:{deputy.pk}:{at.isoformat()}",
        payload={"link": part.link.pk, "contributor": deputy.pk},
        **access.to(known),
    )


@retried
def take_out(session: Session, reader: Reader, *, at: datetime) -> None:
    """End what the deputy of the reader sees; twice is once. Raises ``NotTheirs`` and ``NotAgreed``."""
    part = _locked(session, reader, at)
    deputy = Deputy.objects.filter(of=part.link).first()
    if deputy is not None and not part.is_deputy:
        deputy.delete()
        trail.record(session, Act.DEPUTY_TAKEN_OUT, by=reader.by, at=at, contributor=deputy.contributor_id)


def told(session_ids: Collection[int]) -> Iterator[tuple[int, Contributor]]:
    """Yield who is told of changes of these sessions as a deputy, and does not host or speak there."""
    links = SessionContributor.objects.filter(session__in=session_ids)
    found = access.agreed_deputies(session_ids)
    there = set(links.values_list("session", "contributor")) if found else set()
    for one in found:
        if (one.of.session_id, one.contributor_id) not in there:
            yield one.of.session_id, one.contributor


def forget(*, at: datetime) -> int:
    """Forget deputies of events that are long over, and records that were made for them; return how many."""
    old = Deputy.objects.filter(of__session__event__last_day__lt=(at - RETENTION).date())
    made = list(old.filter(is_record_new=True).values_list("contributor", flat=True))
    number, _kinds = old.delete()
    unused = Contributor.objects.filter(pk__in=made, member=None, session_contributors=None, deputy_of=None)
    unused.delete()
    return number


def _record(email: str, called: str) -> tuple[Contributor, bool]:
    """Return who has this address, and whether the record was made for it: by this press or another."""
    found = Contributor.objects.filter(email__lower=email).first()
    if found is not None:
        return found, False
    Contributor.objects.bulk_create([Contributor(email=email, name=called)], ignore_conflicts=True)
    return Contributor.objects.get(email__lower=email), True


def _locked(session: Session, reader: Reader, at: datetime) -> Part:
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    return seen_by(session, reader, at=at)
