"""Taking somebody out of an event: they do not come, join or register until that is lifted.

Whoever may takes them out with a reason, which is kept for those who decide, and never themselves. Their
registration ends by its own rule in the same transaction: places go to the line at once, and from the next
request nothing lets them in, whether they registered or host. They are told kindly, in one email, and may ask
once for a second look, at which somebody else looks, where somebody else can. Lifting it lets them register
again; what they had booked has gone to others. Lock order: member, registration, removal.
"""

from datetime import datetime
from typing import Final

from audit import trail
from audit.acts import Act
from common.transactions import retried
from concerns.models import Removal
from concerns.refusals import (
    AnotherDecides,
    AskedMeanwhile,
    DecidedMeanwhile,
    IsOut,
    LookedAgain,
    NobodyAsked,
    NoRight,
    NotOut,
    NotThemselves,
)
from events import registration as registering
from events.models import Event, Registration
from members.capabilities import REMOVE_PEOPLE
from members.models import Member, MemberQuerySet
from notifications import outbox

REMOVED: Final = "taken-out"
LOOKED_AGAIN: Final = "second-look"
_CANCELLED: Final = "registration-cancelled"


def in_force(event_id: int, member_id: int) -> Removal | None:
    """Return what keeps somebody out of an event. One query."""
    return Removal.objects.in_force().filter(event=event_id, member=member_id).first()


def is_out(event_id: int, member_id: int) -> bool:
    """Whether somebody is out of an event. One query."""
    return Removal.objects.in_force().filter(event=event_id, member=member_id).exists()


def refuse(event: Event, member: Member) -> None:
    """Refuse to register who is out; for ``registration.before_registering``. Raises ``IsOut``."""
    if is_out(event.pk, member.pk):
        raise IsOut


def who_may() -> MemberQuerySet:
    """Return all who may take people out and look again."""
    found: MemberQuerySet = Member.objects.who_may(REMOVE_PEOPLE)
    return found


def remove(event: Event, member: Member, reason: str, words: str, *, by: Member, at: datetime) -> Removal:
    """Take somebody out of an event; ``words`` are what they are told. Twice is not an error.

    Raises ``NotThemselves``, ``NoRight``, and ``registration.EventOver`` once the event is over.
    """
    if member.pk == by.pk:
        raise NotThemselves
    if not by.has_perm(REMOVE_PEOPLE):
        raise NoRight
    return _remove(event, member.pk, reason, words, by, at)


@retried
def _remove(event: Event, member_id: int, reason: str, words: str, by: Member, at: datetime) -> Removal:
    registering.refuse_over(event, at)
    # Who registers at this moment holds this row too: they are out before, or their registration ends here.
    Member.objects.select_for_update(no_key=True).get(pk=member_id)
    if (there := in_force(event.pk, member_id)) is not None:
        return there
    removal = Removal.objects.create(
        event=event,
        member_id=member_id,
        reason=reason.strip(),
        words=words.strip(),
        removed_by=by,
        removed_at=at,
    )
    trail.record(removal, Act.PERSON_REMOVED, by=by, at=at)
    registration = Registration.objects.filter(event=event, member=member_id).first()
    if registration is not None:
        registering.cancel(registration, by=by, at=at)
        # The email about the removal says what that one would, and not that they can register again.
        outbox.cancel_queued([_CANCELLED], key=f"{_CANCELLED}:{registration.pk}:")
    tell(REMOVED, removal, at)
    return removal


@retried
def ask(event: Event, member: Member, words: str, *, by: Member, at: datetime) -> Removal:
    """Ask, as who was taken out, for a second look: once. Raises ``NotOut`` and ``LookedAgain``."""
    removal = Removal.objects.in_force().select_for_update(no_key=True).filter(event=event, member=member)
    found = removal.first()
    if found is None:
        raise NotOut
    if found.decided_at is not None:
        raise LookedAgain
    if found.asked_at is not None:
        return found
    found.asked_at, found.asked_words = at, words.strip()
    found.save(update_fields=["asked_at", "asked_words"])
    trail.record(found, Act.SECOND_LOOK_ASKED, by=by, at=at)
    return found


def is_for_another(removal: Removal, by: Member) -> bool:
    """Whether somebody else looks again: ``by`` took them out, and others can. One query at most."""
    others = who_may().exclude(pk__in=(by.pk, removal.member_id))
    return removal.removed_by_id == by.pk and others.exists()


@retried
def look_again(removal: Removal, words: str, *, lifts: bool, by: Member, at: datetime) -> Removal:
    """Lift a removal, or let it stand after a second look; ``words`` are what they are told.

    It is decided as ``removal`` was on the screen, what they say included, and stands only where they asked.
    Raises ``NotThemselves``, ``NoRight``, ``AnotherDecides``, ``DecidedMeanwhile``, ``AskedMeanwhile`` and
    ``NobodyAsked``.
    """
    if removal.member_id == by.pk:
        raise NotThemselves
    if not by.has_perm(REMOVE_PEOPLE):
        raise NoRight
    found = Removal.objects.select_for_update(no_key=True).get(pk=removal.pk)
    if found.lifted_at is not None or found.decided_at != removal.decided_at:
        raise DecidedMeanwhile
    if found.asked_at != removal.asked_at:
        raise AskedMeanwhile
    if not lifts and found.asked_at is None:
        raise NobodyAsked
    if is_for_another(found, by):
        raise AnotherDecides
    found.decided_by, found.decided_at, found.decided_words = by, at, words.strip()
    found.lifted_at = at if lifts else None
    found.save(update_fields=["decided_by", "decided_at", "decided_words", "lifted_at"])
    trail.record(found, Act.REMOVAL_LIFTED if lifts else Act.REMOVAL_UPHELD, by=by, at=at)
    tell(LOOKED_AGAIN, found, at)
    return found


def tell(kind: str, removal: Removal, at: datetime) -> None:
    """Owe them an email about it."""
    member = Member.objects.get(pk=removal.member_id)
    outbox.enqueue(
        kind, at=at, member=member, payload={"removal": removal.pk}, key=f"{removal.pk}:{at.timestamp()}"
    )
