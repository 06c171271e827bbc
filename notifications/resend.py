"""Sending a message again, when a person asks for it.

What failed goes back into the queue as it is, with its Message-ID: it was never sent, as far as we
know. What was sent gets a copy with a Message-ID of its own, because mailboxes drop the second email
that has the same one; the first keeps its history. Who asked, and when, is recorded on what is sent.
A message that held a secret (a code, a link to log in) is never sent again: the secret is wiped once
used, and they can ask for a new one themselves.
"""

from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from audit import trail
from audit.acts import Act
from notifications.models import Message
from notifications.nudge import nudge
from notifications.outbox import new_message_id

#: A second press within this time is taken for the same one.
SAME_PRESS = timedelta(minutes=1)

State = Message.State


class SendAgainRefused(Exception):
    """A message that cannot be sent again; says why in a sentence."""


def send_again(message: Message, *, by: AbstractBaseUser, at: datetime) -> Message:
    """Queue the message again and return what will be sent: itself, or a copy.

    Raises ``SendAgainRefused``.
    """
    with transaction.atomic():
        locked = Message.objects.select_for_update().get(pk=message.pk)
        _check(locked, at=at)
        queued = _copy(locked, by=by, at=at) if locked.state == State.SENT else _requeue(locked, by=by, at=at)
        trail.record(queued, Act.MESSAGE_SENT_AGAIN, by=by, at=at)
        transaction.on_commit(nudge, robust=True)
    return queued


def _check(message: Message, *, at: datetime) -> None:
    if message.had_secret and message.state != State.QUEUED:
        raise SendAgainRefused("It held a code or secret link, which is wiped; a new one can be asked for.")
    if message.not_after and message.not_after <= at:
        raise SendAgainRefused("It is too late: what it says is of no use any more.")
    if message.state == State.SENDING:
        raise SendAgainRefused("It is being sent at this moment.")
    if message.state == State.SUPERSEDED:
        raise SendAgainRefused("A newer message tells it, or there was nothing left to tell.")
    if message.sent_again.filter(created_at__gt=at - SAME_PRESS).exists():
        raise SendAgainRefused("It was sent again within the last minute.")
    if message.sent_again.filter(state=State.QUEUED).exists():
        raise SendAgainRefused("A copy of it is waiting to be sent.")


def _requeue(message: Message, *, by: AbstractBaseUser, at: datetime) -> Message:
    """Put a failed message back, all attempts before it; bring one that waits to the front."""
    message.state, message.attempts, message.send_after, message.bulk = State.QUEUED, 0, at, False
    message.requested_by_id, message.requested_at = by.pk, at
    try:
        with transaction.atomic():
            message.save(
                update_fields=["state", "attempts", "send_after", "bulk", "requested_by_id", "requested_at"]
            )
    except IntegrityError:
        raise SendAgainRefused("A newer message that tells it is waiting to be sent.") from None
    return message


def _copy(message: Message, *, by: AbstractBaseUser, at: datetime) -> Message:
    return Message.objects.create(
        kind=message.kind,
        member_id=message.member_id,
        email=message.email,
        language=message.language,
        payload=message.payload,
        key=f"again:{message.pk}",
        debounced=True,
        created_at=at,
        send_after=at,
        not_after=message.not_after,
        message_id=new_message_id(),
        resend_of=message,
        requested_by_id=by.pk,
        requested_at=at,
    )
