"""A host withdraws: at once, without a reason, and sees nobody from then on. The team is told.

They are taken off the programme, and their deputy goes with them; a deputy leaves alone. What they
wrote,  and that they had agreed, stays.
"""

from datetime import datetime
from functools import partial

from audit import trail
from audit.acts import Act
from common.transactions import after_commit, retried
from events.models import Session, SessionContributor
from events.programme.cache_version import raise_version
from hosting import access
from hosting.access import Reader
from hosting.models import Deputy, Withdrawal
from members.models import Member
from notifications import outbox
from workshops.places import waiting_list
from workshops.places.eligibility import host_members

KIND = "host-withdrawn"


def withdraw(session: Session, reader: Reader, *, at: datetime) -> None:
    """Take the reader out of the session's hosts. Raises ``NotTheirs``.

    Whoever hosted it was passed over for places of that time, and waits for them again.
    """
    members = _withdraw(session, reader, at)
    if session.starts_at is not None and session.ends_at is not None:
        span = (session.starts_at, session.ends_at)
        after_commit(partial(waiting_list.wait_again, members, span, at=at))


@retried
def _withdraw(session: Session, reader: Reader, at: datetime) -> list[int]:
    """Return who hosted the session, by account."""
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    part = access.part(session, reader, at=at)
    if part.is_deputy:
        Deputy.objects.filter(of=part.link).delete()
        trail.record(session, Act.DEPUTY_TAKEN_OUT, by=reader.by, at=at, contributor=part.contributor.pk)
        return []
    members = host_members(session)
    SessionContributor.objects.filter(session=session, contributor=part.contributor).delete()
    Withdrawal.objects.create(session=session, contributor=part.contributor, at=at)
    raise_version(session.event_id)
    trail.record(session, Act.HOST_WITHDREW, by=reader.by, at=at, contributor=part.contributor.pk)
    outbox.enqueue(
        KIND,
        at=at,
        key=f"{KIND}:{session.pk}:{part.contributor.pk}:{at.isoformat()}",
        payload={"session": session.pk, "contributor": part.contributor.pk},
        **access.to(part.contributor),
    )
    return members


@retried
def note(withdrawal: Withdrawal, *, by: Member, at: datetime) -> None:
    """Note that the team knows of it; twice is once."""
    row = Withdrawal.objects.select_for_update(no_key=True, of=("self",)).get(pk=withdrawal.pk)
    if row.noted_at is None:
        row.noted_at = at
        row.save(update_fields=["noted_at"])
        trail.record(row.session, Act.WITHDRAWAL_NOTED, by=by, at=at, contributor=row.contributor_id)
