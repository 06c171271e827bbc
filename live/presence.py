"""Staff tick on the day board who is in: a host, the captioner or interpreter. Twice is once."""

from datetime import datetime

from audit import trail
from audit.acts import Act
from common.refusals import Refusal
from common.transactions import retried
from events.models import Session
from live.models import Presence
from members.models import Member

Who = Presence.Who


class PresenceRefused(Refusal):
    """An expected no."""


@retried
def tick(session: Session, who: str, *, by: Member, at: datetime) -> None:
    """Note that somebody is in. Raises ``PresenceRefused`` where the session does not take place."""
    session = Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    if session.status == Session.Status.CANCELLED or not session.is_live:
        raise PresenceRefused("It does not take place, so nobody is in. Look at the board again.")
    _seen, is_new = Presence.objects.get_or_create(
        session=session, who=Who(who), defaults={"at": at, "by": by}
    )
    if is_new:
        trail.record(session, _ACTS[Who(who)], by=by, at=at)


@retried
def take_back(session: Session, who: str, *, by: Member, at: datetime) -> None:
    """Take the tick off again: they are not in."""
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    if Presence.objects.filter(session=session, who=Who(who)).delete()[0]:
        trail.record(session, Act.PRESENCE_TAKEN_BACK, by=by, at=at)


_ACTS = {Who.HOST: Act.HOST_SEEN, Who.SUPPORT: Act.SUPPORT_SEEN}
