"""Sending an announcement: a press starts it, workers write it, anybody may stop it.

The press alone costs nothing: it says under lock that the announcement goes out, so that a second one finds
it done. The rows of the outbox are written in batches, each in the transaction that also moves the mark of
how far it has come (``upto``). So a worker may be killed at any point, and two may work at once: the next
batch begins behind the last one that was committed, and the outbox refuses a second row for one person.
Who is of the audience is read in that transaction. Hosts' records come last, each as it is then: who has
linked an account meanwhile gets it there, once. Stopping takes back what is still queued; what a worker has
in its hands goes out, and what it could not send is not tried again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db.models.functions import Lower
from django.utils import timezone

from audit import trail
from audit.actors import SITE, By
from audit.acts import Act
from common.transactions import retried
from events import cancellation
from events.models import Contributor
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import MessageRow
from team.announcements import audiences, calling_off
from team.announcements.letters import KIND
from team.announcements.refusals import AnnouncementRefused
from team.announcements.writing import check_seen, locked, make_draft
from team.models import Announcement

State = Announcement.State
#: How many rows one transaction writes.
BATCH: Final = 500


@retried
def send(told: Announcement, *, seen: str, by: Member, at: datetime) -> bool:
    """Let it go out now; return whether this press did it. Raises ``AnnouncementRefused``."""
    told = locked(told.pk)
    if told.started_at is not None:
        return False
    if told.state == State.SCHEDULED:
        raise AnnouncementRefused(
            f"{told.sent_by} has scheduled it. Take it off the schedule to send it now."
        )
    check_seen(told, seen)
    if not audiences.reach(told).emails:
        raise AnnouncementRefused("There is nobody to write to now, so nothing was sent.")
    told.sent_by = by
    calling_off.hold(told)
    _start(told, by=by, at=at)
    return True


def write_due(*, clock: Callable[[], datetime] = timezone.now) -> int:
    """Start what is due, and write what goes out to its end; return how many rows were written."""
    due = Announcement.objects.filter(state=State.SCHEDULED, send_at__lte=clock())
    for pk in due.order_by("send_at", "pk").values_list("pk", flat=True):
        start_due(pk, at=clock())
    written = 0
    going = Announcement.objects.filter(state=State.SENDING).order_by("started_at", "pk")
    for pk in list(going.values_list("pk", flat=True)):
        while (batch := write_batch(pk, at=clock())) is not None:
            written += batch
    return written


@retried
def start_due(pk: int, *, at: datetime) -> None:
    """Let a scheduled one go out, if its moment has come and nobody else does it.

    Where its event was called off since, it waits as long as that can be undone, and is a draft again after
    it: what it says is no longer so.
    """
    told = _free(pk, State.SCHEDULED)
    if told is None or told.send_at is None or told.send_at > at:
        return
    calling_off.hold(told)
    if told.event is not None and calling_off.is_called_off(told.event):
        if cancellation.standing(told.event, at=at) is None:
            make_draft(told, by=SITE, at=at)
    else:
        _start(told, by=SITE, at=at)


@retried
def write_batch(pk: int, *, at: datetime, size: int = BATCH) -> int | None:
    """Write the next rows of what goes out: how many, or ``None`` once there are no more for this worker."""
    told = _free(pk, State.SENDING)
    if told is None:
        return None
    if told.event is not None and calling_off.was_called_off_since(told):
        if cancellation.standing(told.event, at=at) is None:
            _stop(told, by=SITE, at=at)
        return None  # else it waits, as long as the event may be brought back
    if not told.upto_hosts:  # else a host got it by their record who has an account by now
        members = audiences.recipients(told).filter(pk__gt=told.upto).order_by("pk")
        if ids := list(members.values_list("pk", flat=True)[:size]):
            told.upto = ids[-1]
            return _put(told, [row_of_member(told, one) for one in ids], at=at)
    if hosts := list(audiences.hosts(told).filter(pk__gt=told.upto_hosts).order_by("pk")[:size]):
        told.upto_hosts = hosts[-1].pk
        return _put(told, _rows_of_hosts(told, hosts), at=at)
    told.state, told.ended_at = State.WRITTEN, at
    told.save(update_fields=["state", "ended_at"])
    return None


@retried
def stop(told: Announcement, *, by: Member, at: datetime) -> int:
    """Take back what is not sent yet, and return how many emails that were. Again changes nothing.

    Raises ``AnnouncementRefused`` where it has not begun.
    """
    told = locked(told.pk)
    if told.state == State.STOPPED:
        return 0
    if told.started_at is None:
        raise AnnouncementRefused("It has not been sent, so there is nothing to stop.")
    told.stopped_by = by
    return _stop(told, by=by, at=at)


def _stop(told: Announcement, *, by: By, at: datetime) -> int:
    taken_back = outbox.cancel_queued([KIND], key=key_of(told))
    told.state, told.ended_at, told.withdrawn, told.changed_at = State.STOPPED, at, taken_back, at
    told.save(update_fields=["state", "ended_at", "stopped_by", "withdrawn", "changed_at"])
    trail.record(told, Act.ANNOUNCEMENT_STOPPED, by=by, at=at, number=taken_back)
    return taken_back


def key_of(told: Announcement) -> str:
    """Return how the keys of its messages begin."""
    return f"{KIND}:{told.pk}:"


def row_of_member(told: Announcement, member: int) -> MessageRow:
    """Return what the outbox owes one member."""
    return MessageRow(f"{key_of(told)}{member}", member_id=member, payload={"announcement": told.pk})


def _row_of_host(told: Announcement, contributor: int, email: str) -> MessageRow:
    payload = {"announcement": told.pk, "contributor": contributor}
    return MessageRow(f"{key_of(told)}host:{contributor}", email=email, payload=payload)


def _rows_of_hosts(told: Announcement, hosts: list[Contributor]) -> list[MessageRow]:
    """Return what hosts are owed who have not got it with the accounts: by their record, or as it is now."""
    to_accounts = Message.objects.filter(kind=KIND, key__startswith=key_of(told), member__isnull=False)
    accounts = audiences.recipients(told).filter(pk__in={one.member_id for one in hosts if one.member_id})
    late = accounts.exclude(pk__in=to_accounts.values("member")).order_by("pk")
    owed = Member.objects.filter(pk__in=to_accounts.values("member")).annotate(address=Lower("email"))
    by_record = audiences.hosts_without_account(told).filter(pk__in=[one.pk for one in hosts])
    by_record = by_record.annotate(to=Lower("email")).exclude(to__in=owed.values("address")).order_by("pk")
    return [
        *(row_of_member(told, one.pk) for one in late),
        *(_row_of_host(told, one.pk, one.email) for one in by_record),
    ]


def _start(told: Announcement, *, by: By, at: datetime) -> None:
    reach = audiences.reach(told)
    told.state, told.started_at, told.changed_at = State.SENDING, at, at
    told.unreached, told.unwanted = reach.unreached, reach.unwanted
    told.knows_off_at = cancellation.called_off_at(told.event) if told.event else None
    begun = ["state", "started_at", "knows_off_at", "changed_at", "sent_by", "unreached", "unwanted"]
    told.save(update_fields=begun)
    trail.record(told, Act.ANNOUNCEMENT_SENT, by=by, at=at, number=reach.emails)


def _free(pk: int, state: State) -> Announcement | None:
    """Lock it, where it is in that state and in nobody's hands."""
    rows = Announcement.objects.select_for_update(no_key=True, skip_locked=True)
    return rows.filter(pk=pk, state=state).first()


def _put(told: Announcement, rows: list[MessageRow], *, at: datetime) -> int:
    outbox.enqueue_many(KIND, rows, at=at)
    told.people += len(rows)
    told.save(update_fields=["upto", "upto_hosts", "people"])
    return len(rows)
