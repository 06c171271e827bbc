"""A caller without an account: their account, their registration and their sessions, from one form.

Account and registration are made together or not at all, so that whoever is refused can be typed in again.
Sessions follow one after the other, earliest first, by the rules of the person's page: one that is refused
keeps no other, and what became of each is said. How to log in is mailed at once, all else in one letter
(``calls``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from common.transactions import retried
from events.models import Event, Registration, Session
from members import addresses, membership
from members.models import Member
from team.people import by_telephone, calls
from workshops.places import booking, choices
from workshops.places.refusals import BookingRefused


class CallerKnown(Exception):
    """Somebody has the address, ``owner``; ``str()`` is the sentence for the team."""

    def __init__(self, email: str, owner: Member) -> None:
        super().__init__(f"{addresses.taken(email, owner)} Help them on their own page.")
        self.owner = owner


@dataclass(frozen=True)
class Became:
    """What became of one session; ``is_refused`` where they have nothing there."""

    session: Session
    words: str
    is_refused: bool = False


@dataclass(frozen=True)
class Welcomed:
    """What was made for a caller."""

    member: Member
    registration: Registration | None
    sessions: Sequence[Became] = ()


def welcome(
    details: dict[str, str],
    *,
    is_member: bool,
    event: Event | None,
    sessions: Sequence[Session],
    by: Member,
    at: datetime,
    **heard: Any,
) -> Welcomed:
    """Make an account of ``details``, register it where there is an ``event``, and book ``sessions`` of it.

    ``heard`` is what ``by_telephone.register`` takes. Raises ``CallerKnown``, and ``RegistrationRefused``,
    after which there is no account.
    """
    try:
        member, registration = _make(details, is_member, event, by, at, heard)
    except IntegrityError as error:
        if (owner := addresses.whose(details["email"], at=at)) is None:
            raise
        raise CallerKnown(details["email"], owner) from error  # the same form, pressed twice at once
    if registration is None:
        return Welcomed(member, None)
    try:
        became = [_take(one, registration, by, at) for one in sessions]
    finally:
        calls.settle(member, by=by, at=at)
    return Welcomed(member, registration, became)


@retried
def _make(
    details: dict[str, str],
    is_member: bool,  # noqa: FBT001  # named by whoever calls
    event: Event | None,
    by: Member,
    at: datetime,
    heard: dict[str, Any],
) -> tuple[Member, Registration | None]:
    if (owner := addresses.whose(details["email"], at=at)) is not None:
        raise CallerKnown(details["email"], owner)
    member = Member(**details)
    member.set_unusable_password()
    membership.add(member, is_member=is_member, by=by, at=at)
    if event is None:
        return member, None
    calls.begin(member, by=by, at=at)
    return member, by_telephone.register(event, member, by=by, at=at, **heard)


def _take(session: Session, registration: Registration, by: Member, at: datetime) -> Became:
    """Book or choose a session, whichever it is time for."""
    try:
        if registration.is_confirmed and session.booking_has_opened(at):
            return Became(session, by_telephone.told(booking.book(session, registration, by=by, at=at)))
        choices.choose(session, registration, by=by, at=at)
    except BookingRefused as refusal:
        return Became(session, refusal.of(registration.member.name), is_refused=True)
    when = "once booking opens" if registration.is_confirmed else "once they are approved"
    return Became(session, f"chosen for them, to be booked {when}.")
