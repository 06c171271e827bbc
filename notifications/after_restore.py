"""What the outbox owes after a restore: no letter goes twice.

A backup holds emails that were still to be sent when it was made. Until it is restored most of them are, and
nothing in it says which. So all of them wait as *maybe sent*, which no worker takes, until somebody of the
team lets those of a kind go or takes them as sent. One by one they can be sent with *send again*. A kind that
is told once for ever stays told, so that no sweep owes it anew; of a debounced one that was put anew after
the restore, the newer tells it. What nobody decides about is given up: a code when it is of no use any more,
the others after a month; what was secret in them goes then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from audit import trail
from audit.actors import SITE, By
from audit.acts import Act
from notifications.delivery import TOLD_BY_NEWER
from notifications.models import Message
from notifications.nudge import nudge

MAYBE_SENT = "It was owed in the backup of {:%d %B %Y, %H:%M} UTC, and may have been sent after that."
TAKEN_AS_SENT = "Taken as sent before the restore."
GIVEN_UP: Final = "Nobody decided about it after the restore while it was of use."
#: For so long after it was due somebody may decide.
RETENTION: Final = timedelta(days=30)
#: How often letting go is tried beside acts that put the same emails anew.
TRIES = 3

State = Message.State
#: What is sent, or will be by itself.
TELLS = (State.QUEUED, State.SENDING, State.SENT, State.MAYBE_SENT)


@dataclass(frozen=True)
class Held:
    """The emails of one kind that may have been sent: how many, and when they were due."""

    kind: str
    number: int
    first_due: datetime
    last_due: datetime


@transaction.atomic
def hold(*, backup_at: datetime, by: By, at: datetime) -> int:
    """Let all that is owed wait for a person; return how many that are. For a database that was restored."""
    owed = Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).order_by("id")
    ids = list(owed.values_list("pk", flat=True))
    Message.objects.filter(pk__in=ids).update(
        state=State.MAYBE_SENT, lease_until=None, last_error=MAYBE_SENT.format(backup_at)
    )
    _record(ids, Act.MESSAGE_HELD, by=by, at=at)
    return len(ids)


def held() -> list[Held]:
    """Return what waits, by kind. One query."""
    rows = Message.objects.filter(state=State.MAYBE_SENT).order_by("kind").values("kind")
    counted = rows.annotate(number=Count("pk"), first_due=Min("send_after"), last_due=Max("send_after"))
    return [Held(**row) for row in counted]


def release(kind: str, *, by: AbstractBaseUser, at: datetime) -> int:
    """Queue what waits of a kind, each when it is due; return how many. Twice is not an error.

    What a newer email tells is not sent, nor what was of use until a moment that is over.
    """
    for _ in range(TRIES):
        try:
            return _release(kind, by=by, at=at)
        except IntegrityError:  # somebody put one of them anew at this moment: that one tells it
            continue
    return _release(kind, by=by, at=at)


@transaction.atomic
def _release(kind: str, *, by: AbstractBaseUser, at: datetime) -> int:
    ids = _lock(kind)
    newer = Message.objects.filter(
        kind=OuterRef("kind"), key=OuterRef("key"), state__in=TELLS, pk__gt=OuterRef("pk")
    )
    rows = Message.objects.filter(pk__in=ids)
    rows.filter(Exists(newer)).update(state=State.SUPERSEDED, last_error=TOLD_BY_NEWER, secret=None)
    told = set(rows.filter(state=State.SUPERSEDED).values_list("pk", flat=True))
    released = [pk for pk in ids if pk not in told]
    Message.objects.filter(pk__in=released).update(
        state=State.QUEUED, attempts=0, last_error="", requested_by=by, requested_at=at
    )
    _record(released, Act.MESSAGE_RELEASED, by=by, at=at)
    if released:
        transaction.on_commit(nudge, robust=True)
    return len(released)


@transaction.atomic
def drop(kind: str, *, by: AbstractBaseUser, at: datetime) -> int:
    """Take what waits of a kind as sent; return how many. Twice is not an error."""
    ids = _lock(kind)
    Message.objects.filter(pk__in=ids).update(
        state=State.SUPERSEDED, last_error=TAKEN_AS_SENT, secret=None, requested_by=by, requested_at=at
    )
    _record(ids, Act.MESSAGE_DROPPED, by=by, at=at)
    return len(ids)


@transaction.atomic
def give_up(*, at: datetime) -> int:
    """Send no more what is of no use any more, and forget what was secret in it; return how many."""
    ids = _locked(Q(not_after__lte=at) | Q(send_after__lte=at - RETENTION))
    Message.objects.filter(pk__in=ids).update(state=State.SUPERSEDED, last_error=GIVEN_UP, secret=None)
    _record(ids, Act.MESSAGE_DROPPED, by=SITE, at=at)
    return len(ids)


def _lock(kind: str) -> list[int]:
    return _locked(Q(kind=kind))


def _locked(which: Q) -> list[int]:
    """Return what waits of these, locked: somebody else's press finds it decided."""
    rows: QuerySet[Message] = Message.objects.filter(which, state=State.MAYBE_SENT)
    return [one.pk for one in rows.select_for_update(no_key=True).order_by("id").only("pk")]


def _record(ids: list[int], act: Act, *, by: By, at: datetime) -> None:
    messages = Message.objects.filter(pk__in=ids).only("pk", "member_id").order_by("id")
    trail.record_all(trail.entry(one, act, by=by, at=at) for one in messages)
