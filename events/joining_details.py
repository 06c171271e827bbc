"""Who may see how to join a session, its recording and its transcript (rule P5).

Those who host or speak in it, staff who may see sessions in the admin, and those who are registered
for the event. A session that people book narrows the last group: what counts as having a place is
known by the app that keeps the places, which registers its question here.
"""

from collections.abc import Callable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from common.statements import Statement
from events.models import Registration, Session, SessionContributor
from events.phases import RUNS_LATE, today_of
from members.capabilities import SEE_EVENTS
from members.models import Member

#: Asked with (session, registration): ``True`` or ``False``, or ``None`` where the session needs no booking.
Checker = Callable[[Session, Registration], bool | None]
_checkers: list[Checker] = []


def register_checker(checker: Checker) -> None:
    """Let a higher app say whether a registered person has their place. Call it in ``AppConfig.ready``."""
    if checker not in _checkers:
        _checkers.append(checker)


#: Asked with (event's id, member's id) of hosts and speakers: whether the team took them out of the event.
Removed = Callable[[int, int], bool]
_removed: list[Removed] = []


def register_removed(is_removed: Removed) -> None:
    """Let a higher app say who was taken out of an event. Call it in ``AppConfig.ready``."""
    if is_removed not in _removed:
        _removed.append(is_removed)


def may_join(session: Session, member: Member | None, registration: Registration | None = None) -> bool:
    """Whether ``member`` may see the session's joining details, recording and transcript.

    ``registration`` is theirs for the session's event, where the caller has it already. Nobody joins a
    session that does not take place; nobody but staff and hosts sees those of a draft.
    """
    if member is None or not member.is_active or session.status == Session.Status.CANCELLED:
        return False
    if is_on_staff(member):
        return True
    if is_contributor(session, member):
        return not any(is_removed(session.event_id, member.pk) for is_removed in _removed)
    if not (session.is_published and session.event.status != session.event.Status.CANCELLED):
        return False
    own = registration or session.event.registrations.filter(member=member).first()
    return own is not None and own.is_confirmed and _has_place(session, own)


def is_left(session: Session, *, at: datetime) -> bool:
    """Whether nobody joins it any more, so that how to join is shown to nobody.

    Some sessions run late, none by more than ``RUNS_LATE``; the last of an event may end after its last day.
    """
    event = session.event
    if event.is_archived or session.has_ended(at - RUNS_LATE):
        return True
    is_of_its_days = session.starts_at is not None and today_of(event, session.starts_at) <= event.last_day
    return event.is_over(at) and not is_of_its_days


def is_on_staff(member: Member) -> bool:
    """Whether they may see every session's record in the admin, and so its joining details."""
    return member.has_perm(SEE_EVENTS)


def is_contributor(session: Session, member: Member) -> bool:
    """Whether they host or speak in the session: by their account or by an address they have confirmed."""
    return _PART.first(session=session.pk, member=member.pk) is not None


def _part(session: int, member: int) -> "QuerySet[SessionContributor, int]":
    confirmed = EmailAddress.objects.filter(
        user=member, verified=True, email=Lower(OuterRef("contributor__email"))
    )
    theirs = Q(contributor__member=member) | Q(Exists(confirmed), contributor__member=None)
    return SessionContributor.objects.filter(theirs, session=session).values_list("pk", flat=True)[:1]


_PART = Statement(_part)


def _has_place(session: Session, registration: Registration) -> bool:
    answers = [checker(session, registration) for checker in _checkers]
    known = [answer for answer in answers if answer is not None]
    if known:
        return all(known)
    return getattr(session, "workshop", None) is None
