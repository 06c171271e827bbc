"""A host withdraws: at once, without a reason, and sees nobody from then on. The team is told.

They are taken off the programme, and their deputy goes with them; a deputy leaves alone. What they
wrote, and that they had agreed, stays; what they need themselves goes once they host nothing more there.
"""

from datetime import datetime
from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common.transactions import after_commit, retried
from events.models import Contributor, Session
from events.programme.cache_version import raise_version
from hosting import access, own_needs
from hosting.access import HostingRefused, NotTheirs, Reader
from hosting.models import Deputy, Withdrawal
from members.models import Member
from notifications import outbox
from workshops.places import waiting_list
from workshops.places.eligibility import host_members

KIND: Final = "host-withdrawn"


class TooLate(HostingRefused):
    """It has begun, is over or is cancelled."""

    def __init__(self) -> None:
        super().__init__(_("This session has begun, is over or is cancelled: write to the team instead."))


def withdraw(session: Session, reader: Reader, *, at: datetime) -> None:
    """Take the reader out of the session's hosts, under all records of theirs.

    Whoever hosted it was passed over for places of that time, and waits for them again.
    Raises ``NotTheirs`` and ``TooLate``.
    """
    members = _withdraw(session, reader, at)
    if session.starts_at is not None and session.ends_at is not None:
        span = (session.starts_at, session.ends_at)
        after_commit(partial(waiting_list.wait_again, members, span, at=at))


@retried
def _withdraw(session: Session, reader: Reader, at: datetime) -> list[int]:
    """Return who hosted the session, by account."""
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    own = [one for one in access.every_part(session.event, reader, at=at) if one.session.pk == session.pk]
    if not own:
        raise NotTheirs
    _check(own[0].session, at)
    members = host_members(session)
    for part in own:
        if part.is_deputy:
            Deputy.objects.filter(of=part.link).delete()
            act = Act.DEPUTY_TAKEN_OUT
        else:
            part.link.delete()
            Withdrawal.objects.create(session=session, contributor=part.contributor, at=at)
            act = Act.HOST_WITHDREW
        trail.record(session, act, by=reader.by, at=at, contributor=part.contributor.pk)
    own_needs.let_go(session.event, {part.contributor.pk for part in own}, at=at)
    if not own[0].is_deputy:
        raise_version(session.event_id)
        _tell(session, own[0].contributor, at)
    return members


def may_withdraw(session: Session, at: datetime) -> bool:
    """Whether it is still to come, so that somebody else can host it."""
    is_ahead = not session.has_started(at) and not session.event.is_past(at)
    return is_ahead and session.status != Session.Status.CANCELLED


def _check(session: Session, at: datetime) -> None:
    if not may_withdraw(session, at):
        raise TooLate


def _tell(session: Session, host: Contributor, at: datetime) -> None:
    outbox.enqueue(
        KIND,
        at=at,
        key=f"{KIND}:{session.pk}:{host.pk}:{at.isoformat()}",
        payload={"session": session.pk, "contributor": host.pk},
        **access.to(host),
    )


@retried
def note(withdrawal: Withdrawal, *, by: Member, at: datetime) -> None:
    """Note that the team knows of it; twice is once."""
    row = Withdrawal.objects.select_for_update(no_key=True, of=("self",)).get(pk=withdrawal.pk)
    if row.noted_at is None:
        row.noted_at = at
        row.save(update_fields=["noted_at"])
        trail.record(row.session, Act.WITHDRAWAL_NOTED, by=by, at=at, contributor=row.contributor_id)
