"""Who may see how to join a session, or the video and transcript of one without a time (rule P5).

Those who host or speak in it, staff who may see sessions in the admin, and those who are registered
for the event. A session that people book narrows the last group: what counts as having a place is
known by the app that keeps the places, which registers its question here. How to join is shown to whoever
hosts, speaks or is staff at any time, to everybody else from ``JOINS_BEFORE`` the start on.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

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


#: So long before its start a session can be joined.
JOINS_BEFORE: Final = timedelta(minutes=15)


class Right(StrEnum):
    """Why somebody may join: they host, speak or are staff; or they have a place, or need none."""

    HOST = "host"
    PLACE = "place"

    def opens_at(self, starts_at: datetime | None) -> datetime | None:
        """Return from when they see how to join what starts then; ``None`` where nothing is waited for."""
        return None if self is Right.HOST or starts_at is None else starts_at - JOINS_BEFORE


def register_checker(checker: Checker) -> None:
    """Let a higher app say whether a registered person has their place. Call it in ``AppConfig.ready``."""
    if checker not in _checkers:
        _checkers.append(checker)


#: Asked with (event's id, member's id) of hosts and speakers: whether the team took them out of the event.
Removed = Callable[[int, int], bool]
_removed: list[Removed] = []


def register_removed(asked: Removed) -> None:
    """Let a higher app say who was taken out of an event. Call it in ``AppConfig.ready``."""
    if asked not in _removed:
        _removed.append(asked)


def may_join(session: Session, member: Member | None, registration: Registration | None = None) -> bool:
    """Whether ``member`` may see the session's joining details, or watch it where it has no time.

    ``registration`` is theirs for the session's event, where the caller has it already. Nobody joins a
    session that does not take place; nobody but staff and hosts sees those of a draft.
    """
    return right_to_join(session, member, registration) is not None


def right_to_join(
    session: Session, member: Member | None, registration: Registration | None = None
) -> Right | None:
    """Return why ``member`` may see them, as ``may_join`` has it; ``None`` where they may not."""
    if member is None or not member.is_active or session.status == Session.Status.CANCELLED:
        return None
    if is_on_staff(member) or is_contributor(session, member):
        return Right.HOST
    if not (session.is_published and session.event.status != session.event.Status.CANCELLED):
        return None
    own = registration or session.event.registrations.filter(member=member).first()
    has_place = own is not None and own.is_confirmed and _has_place(session, own)
    return Right.PLACE if has_place else None


def takes_part(session: Session, member: Member, registration: Registration) -> bool:
    """Whether they host or speak in it, or have a place there or need none: whatever else they may see."""
    return is_contributor(session, member) or (
        registration.is_confirmed and _has_place(session, registration)
    )


def opens_later(session: Session, right: Right | None, *, at: datetime) -> datetime | None:
    """Return the moment from which they will see how to join; ``None`` where it has come, or never will."""
    opens_at = right.opens_at(session.starts_at) if right else None
    return opens_at if opens_at and at < opens_at else None


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
    """Whether they host or speak in the session: by their account or by an address they have confirmed.

    Whom the team took out of the event does not.
    """
    is_part = _PART.first(session=session.pk, member=member.pk) is not None
    return is_part and not is_removed(session.event_id, member.pk)


def is_removed(event_id: int, member_id: int) -> bool:
    """Whether the team took them out of the event."""
    return any(asked(event_id, member_id) for asked in _removed)


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
