"""What one of the team does for a person in a call is told in one letter, not in one for each act.

Before an act its press is written down and the letter is owed, for ten minutes after the last act and half an
hour after the first at most; so whatever is killed, it is told. What the act was stands in the trail, by its
moment: a press that did nothing tells nothing. The emails that the act itself owes (``GATHERED``) are taken,
and set aside where a worker was quicker. All else goes at once as ever: an offer with its deadline, codes,
letters about an address, how to log in. Whoever helps, a person has one such letter at a time. What is new on
their agenda meanwhile, by their own doing or of itself, it tells too: no agenda goes while it waits. It waits
itself, as all others do, until an approval cannot be taken back.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from audit import trail
from audit.actors import Via
from audit.acts import Act
from audit.models import Entry
from common.transactions import retried
from events.models import Registration, Session
from members.membership import letters_wait
from members.models import AccountMerge, Member
from notifications import gathering, outbox
from notifications.models import Message
from notifications.nudge import nudge
from team.models import CallAct
from team.models_calls import CALLS_STAY
from workshops.models import Booking

KIND: Final = "changed-for-you"
#: So long after the last act the letter goes by itself, and so long after the first at the latest.
WAITS: Final = timedelta(minutes=10)
AT_MOST: Final = timedelta(minutes=30)
#: The emails that members' own acts owe, of which the letter tells.
GATHERED: Final = ("agenda", "registered", "registration-cancelled")
#: What the letter tells; all else is between colleagues, or has a letter of its own. So have needs: not every
#: colleague who reads this one may know that somebody told any.
TOLD: Final = (
    Act.ACCOUNT_MADE,
    Act.REGISTERED,
    Act.REGISTERED_IN_LINE,
    Act.REGISTRATION_RECEIVED,
    Act.REGISTRATION_CANCELLED,
    Act.CONDUCT_BY_TELEPHONE,
    Act.WORK_SHOWN,
    Act.WORK_HIDDEN,
    Act.CHOSEN,
    Act.UNCHOSEN,
    Act.BOOKED,
    Act.JOINED_LINE,
    Act.REJOINED_LINE,
    Act.OFFER_ACCEPTED,
    Act.OFFER_DECLINED,
    Act.KEPT,
    Act.BOOKING_CANCELLED,
    Act.BOOKING_SWAPPED,
    Act.BOOKING_ENDED_REGISTRATION,
)


class NothingToTell(Exception):
    """No letter waits; ``str()`` is the sentence for the team."""

    def __init__(self) -> None:
        super().__init__("No letter waits: it has gone, or nothing was changed.")


@dataclass(frozen=True)
class Waiting:
    """The letter that waits for a person: how many changes it tells, and when it goes by itself."""

    message: Message
    changes: int


def gather() -> None:
    """Set aside the emails that the letter tells; for ``AppConfig.ready``."""
    gathering.register(GATHERED, is_told)


@contextmanager
def call(person: Member, *, by: Member, at: datetime, session: Session | None = None) -> Iterator[None]:
    """Do an act for a person as part of a call; ``session`` is the one it is about. ``at`` names the act."""
    begin(person, by=by, at=at, session=session)
    try:
        yield
    finally:
        settle(person, by=by, at=at)


@retried
def begin(person: Member, *, by: Member, at: datetime, session: Session | None = None) -> None:
    """Write down that ``by`` acts for a person at this moment, and owe the letter; not for oneself."""
    if person.pk != by.pk:
        locked = _locked(person)
        CallAct.objects.create(person=locked, by=by, at=at, session=session)
        _owe(locked, at)


@retried
def settle(person: Member, *, by: Member, at: datetime) -> None:
    """After the act of that moment: take the emails that it has owed, or the press where it did nothing."""
    locked = _locked(person)
    presses = CallAct.objects.filter(person=locked, by=by, at=at, told_at=None)
    if not presses.exists():
        return
    if entries_of(locked, presses):
        gathering.take(GATHERED, member=locked.pk, made=at)
        _owe(locked, at)
        return
    presses.delete()
    if not CallAct.objects.filter(person=locked, told_at=None).exists():
        outbox.cancel_queued([KIND], key=_key(locked))


@retried
def end(person: Member, *, by: Member, at: datetime) -> datetime:
    """Send the letter now, or once an approval stands; return when it goes. Twice is once.

    Raises ``NothingToTell``.
    """
    locked = _locked(person)
    queued = Message.objects.select_for_update(of=("self",)).filter(kind=KIND, key=_key(locked))
    message = queued.filter(state=Message.State.QUEUED).first()
    if message is None or not entries_of(locked, untold(locked)):
        raise NothingToTell
    due = at + letters_wait(locked, at=at)
    if message.send_after > due:
        Message.objects.filter(pk=message.pk).update(send_after=due)
        trail.record(locked, Act.CALL_ENDED, by=by, at=at)
        transaction.on_commit(nudge, robust=True)
    return due


def bring_together(kept: Member, ended: Member, *, at: datetime) -> None:
    """Owe the account that stays what the one that ends was to be told; in the caller's locks."""
    if outbox.cancel_queued([KIND], key=_key(ended)):
        _owe(kept, at)


def waiting(person: Member) -> Waiting | None:
    """Return the letter that waits for a person, if it has something to tell. One query where none waits."""
    queued = Message.objects.filter(kind=KIND, key=_key(person), state=Message.State.QUEUED)
    message = queued.select_related("member").first()
    changes = len(entries_of(person, untold(person))) if message else 0
    return Waiting(message, changes) if message and changes else None


def untold(person: Member) -> "QuerySet[CallAct]":
    """Return the presses that no letter has told yet, the oldest first."""
    return CallAct.objects.filter(person=person, told_at=None).order_by("at", "pk")


def entries_of(person: Member, presses: Iterable[CallAct]) -> list[Entry]:
    """Return what these presses did for a person, in order. Three queries, one where there are none."""
    moments = {(one.by_id, one.at) for one in presses}
    if not moments:
        return []
    merged = AccountMerge.objects.filter(kept=person, done_at__isnull=False).values_list("ended", flat=True)
    found = Entry.objects.filter(
        member_id__in=[person.pk, *merged],
        via=Via.PERSON,
        actor_id__in={by for by, _at in moments},
        at__in={at for _by, at in moments},
        act__in=TOLD,
    )
    return [one for one in found.order_by("pk") if (one.actor_id, one.at) in moments]


def told(presses: Iterable[CallAct], message: Message, *, at: datetime) -> None:
    """Record what a letter has told; where more was done while it was on its way, the next is owed."""
    CallAct.objects.filter(pk__in=[one.pk for one in presses], told_at=None).update(
        told_at=at, told_in=message.pk
    )
    person = message.member
    if isinstance(person, Member) and untold(person).filter(at__gt=at - AT_MOST).exists():
        _owe(person, at)


def is_told(message: Message) -> bool:
    """Whether the letter about a call tells what a message would.

    An agenda tells what is new to them: while the letter waits it is to tell that, and once it has gone there
    is only what came after it. What they asked for goes.
    """
    if message.kind != "agenda":
        return CallAct.objects.filter(person=message.member_id, at=message.created_at).exists()
    person = message.member
    if not isinstance(person, Member) or message.payload.get("asked_for"):
        return False
    letter = Message.objects.filter(kind=KIND, key=_key(person), state=Message.State.QUEUED)
    if not letter.exists():
        return False
    return message.payload.get("registration") in registrations_of(entries_of(person, untold(person)))


def registrations_of(entries: Iterable[Entry]) -> set[int]:
    """Return the ids of the registrations that they are about, directly or by a booking. One query."""
    rows = list(entries)
    bookings = [one.thing_id for one in rows if one.thing == Booking._meta.label_lower]
    direct = {one.thing_id for one in rows if one.thing == Registration._meta.label_lower}
    return direct | set(Booking.objects.filter(pk__in=bookings).values_list("registration", flat=True))


def forget(*, at: datetime) -> int:
    """Forget what was done for people long enough ago; return how much."""
    return CallAct.objects.filter(at__lte=at - CALLS_STAY).delete()[0]


def _locked(person: Member) -> Member:
    locked: Member = Member.objects.select_for_update(no_key=True).get(pk=person.pk)
    return locked


def _owe(person: Member, at: datetime) -> None:
    stands_in = letters_wait(person, at=at)
    delay, at_most = max(WAITS, stands_in), AT_MOST + stands_in
    outbox.enqueue(KIND, at=at, key=_key(person), member=person, delay=delay, at_most=at_most)


def _key(person: Member) -> str:
    return f"{KIND}:{person.pk}"
