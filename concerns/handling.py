"""What readers do with a concern: read it, answer, leave notes for each other, pass it on, close it.

Only those to whom it was sent do, and never who was left out; whatever roles somebody has, and whether they
are an admin or not. Each reading is recorded. A reader answers, or closes, what was on their screen: who was
slower is told, and nothing changes (P10).
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from audit import trail
from audit.acts import Act
from common.transactions import retried
from concerns import readers, reporting
from concerns.models import Concern, ConcernQuerySet, Recipient, Remark
from concerns.refusals import ChangedMeanwhile, NotAnswered, NotNamed, NotYours
from events.models import Event
from members.models import Member
from notifications import outbox
from notifications.models import Message

ANSWERED: Final = "answer-waits"
#: So long after the last thing that happened with it, all of it is erased.
KEPT: Final = timedelta(days=365)
Status = Concern.Status


def readable(by: Member) -> ConcernQuerySet:
    """Return what somebody may read: they are of the team, it was sent to them, and not without them."""
    found = Concern.objects.read_by(by.pk) if by.is_staff and by.is_active else Concern.objects.none()
    return found.select_related("event", "session")


@retried
def read(pk: int, *, by: Member, at: datetime) -> Concern:
    """Return a concern to be read, and record that it was. Raises ``NotYours``."""
    found = _locked(pk, by)
    if found.status == Status.NEW:
        found.status, found.changed_at = Status.READ, at
        found.save(update_fields=["status", "changed_at"])
    trail.record(found, Act.CONCERN_READ, by=by, at=at)
    return found


@retried
def answer(pk: int, words: str, *, seen: int, by: Member, at: datetime) -> Concern:
    """Answer whoever reported it; they are emailed, without a word of it, where they asked for that.

    Raises ``NotYours`` and ``ChangedMeanwhile``.
    """
    found = _as_seen(pk, seen, by)
    _write(found, Remark.Kind.ANSWER, words, Status.ANSWERED, by, at)
    trail.record(found, Act.CONCERN_ANSWERED, by=by, at=at)
    if found.wants == Concern.Wants.EMAIL and found.reporter is not None:
        outbox.enqueue(
            ANSWERED,
            at=at,
            member=found.reporter,
            payload={"event": found.event_id},
            key=secrets.token_hex(16),  # an entry of who was told what names no concern
        )
    return found


@retried
def note(pk: int, words: str, *, seen: int, is_answer: bool = False, by: Member, at: datetime) -> Concern:
    """Leave a note that only readers see; ``is_answer``: they have spoken with whoever reported it.

    Raises ``NotYours`` and ``ChangedMeanwhile``.
    """
    found = _as_seen(pk, seen, by)
    status = Status.ANSWERED if is_answer else found.status
    _write(found, Remark.Kind.NOTE, words, status, by, at)
    trail.record(found, Act.CONCERN_ANSWERED if is_answer else Act.CONCERN_NOTED, by=by, at=at)
    return found


@retried
def close(pk: int, *, seen: int, by: Member, at: datetime) -> Concern:
    """Close what is done. Twice is not an error.

    Raises ``NotYours``, ``ChangedMeanwhile``, and ``NotAnswered`` where an answer was promised.
    """
    found = _as_seen(pk, seen, by)
    if found.status == Status.CLOSED:
        return found
    if not may_close(found):
        raise NotAnswered
    found.status, found.changed_at = Status.CLOSED, at
    found.version += 1
    found.save(update_fields=["status", "changed_at", "version"])
    trail.record(found, Act.CONCERN_CLOSED, by=by, at=at)
    return found


def may_close(concern: Concern) -> bool:
    """Whether nobody waits for an answer that was promised."""
    return not concern.is_open or concern.answer_by is None or concern.is_suspected


@retried
def pass_on(pk: int, to: Member, *, by: Member, at: datetime) -> Concern:
    """Let another one read it who is named for the event now. Raises ``NotYours`` and ``NotNamed``."""
    found = _locked(pk, by)
    if to not in readers.of_event(found.event):
        raise NotNamed
    recipient, is_new = Recipient.objects.get_or_create(concern=found, member=to)
    if recipient.is_left_out:
        raise NotNamed
    if is_new:
        trail.record(found, Act.CONCERN_PASSED_ON, by=by, at=at, other=to.pk)
        reporting.tell_reader(found, to, at=at)
    return found


def stranded() -> ConcernQuerySet:
    """Return the open ones that nobody can read any more: whoever could has left the team."""
    reads = Recipient.objects.filter(
        concern=OuterRef("pk"), is_left_out=False, member__is_staff=True, member__is_active=True
    )
    return Concern.objects.open().filter(~Exists(reads), is_suspected=False)


@retried
def give(event: Event, *, by: Member, at: datetime) -> int:
    """Give what nobody can read any more to those who are named now, but who was left out; return how many.

    Whoever presses sees nothing of it.
    """
    named, given = readers.of_event(event), 0
    rows = stranded().filter(event=event).select_for_update(no_key=True, of=("self",))
    for concern in rows.order_by("pk"):
        there = set(concern.recipients.values_list("member_id", flat=True))
        new = [one for one in named if one.pk not in there]
        Recipient.objects.bulk_create(Recipient(concern=concern, member=one) for one in new)
        for one in new:
            trail.record(concern, Act.CONCERN_PASSED_ON, by=by, at=at, other=one.pk)
            reporting.tell_reader(concern, one, at=at)
        given += bool(new)
    return given


def could_read(concern: Concern) -> list[Member]:
    """Return to whom it can be passed on. Two queries."""
    there = set(concern.recipients.values_list("member_id", flat=True))
    return [one for one in readers.of_event(concern.event) if one.pk not in there]


def forget(*, at: datetime) -> int:
    """Erase what nothing happened with for so long, and that somebody was emailed; return how many."""
    Message.objects.filter(kind__in=(reporting.CAME, ANSWERED), created_at__lte=at - KEPT).delete()
    return Concern.objects.filter(changed_at__lte=at - KEPT).delete()[0]


def _locked(pk: int, by: Member) -> Concern:
    rows = Concern.objects.select_for_update(no_key=True, of=("self",)).filter(pk=pk)
    found: Concern | None = rows.select_related("event", "session", "reporter").first()
    is_theirs = by.is_staff and Recipient.objects.filter(concern=pk, member=by, is_left_out=False).exists()
    if found is None or not is_theirs:
        raise NotYours
    return found


def _as_seen(pk: int, seen: int, by: Member) -> Concern:
    found = _locked(pk, by)
    if found.version != seen:
        raise ChangedMeanwhile
    return found


def _write(found: Concern, kind: Remark.Kind, words: str, status: str, by: Member, at: datetime) -> None:
    found.remarks.create(kind=kind, by=by, words=words.strip(), at=at)
    found.status, found.changed_at = Status(status), at
    found.version += 1
    found.save(update_fields=["status", "changed_at", "version"])
