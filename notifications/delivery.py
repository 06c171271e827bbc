"""Delivers what the outbox owes. Any number of workers may run at once.

A message is claimed by a committed move to *sending* with a lease, one at a time: no row is locked
while mail is on its way, and a worker that is killed leaves exactly one in its hands, which comes
back when the lease ends, with the same Message-ID. It is rendered from the truth of that moment, and
a newer twin waits until it is out: the last letter in a mailbox is the one that is true.
What goes to many (``Kind.is_bulk``) has a way of its own, ``deliver_bulk``, so that it never stands before a
letter that somebody waits for. Each takes what the other has left for a minute, of that one at a time.
The outcome is recorded after each message. A letter that is not taken now is tried again for about
a day; a server that takes nothing ends the run and costs nobody but the message in hand an attempt.
Logs and errors name ids and kinds, never a person or a content.
"""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation

from common import languages
from common.statements import Statement
from notifications import gathering, kept, mime
from notifications.models import NOTHING_LEFT, Message
from notifications.nudge import nudge
from notifications.outbox import KINDS, Letter
from notifications.transport import Carrier, NoConnection, NotSent, Refused, TemporaryFailure

#: Longer than any one sending can take: each step of SMTP ends after EMAIL_TIMEOUT (20 s).
LEASE = timedelta(minutes=5)
#: How many one run sends at most, so that it leaves the worker to others now and then.
RUN = 200
#: A message that is due for so long has nobody who would send it; one to many, while none is on its way.
OVERDUE = timedelta(minutes=1)
#: The wait after each failed attempt, give or take a quarter: 24 hours in all.
RETRY_AFTER = tuple(timedelta(minutes=m) for m in (0.5, 1, 2, 5, 15, 30, 60, 120, 240, 480, 480))
#: The wait of the message in hand when the server could not be reached: no attempt is counted.
UNREACHABLE_AFTER = timedelta(seconds=30)

TOLD_BY_NEWER = "A newer message tells it."
TOO_LATE = "Too late: it was of use until {:%d %B %Y, %H:%M} UTC."

State = Message.State
_TWIN = Message.objects.filter(kind=OuterRef("kind"), key=OuterRef("key"), state=State.SENDING)
_NEXT = (
    Message.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
    .select_related("member")
    .filter(~Exists(_TWIN), state=State.QUEUED)
    .order_by("bulk", "send_after", "id")
)
_IN_HAND = Message.objects.filter(bulk=True, state=State.SENDING)
#: The next that is due, and nobody's yet.
SINGLE: Statement[Message] = Statement(lambda at: _NEXT.filter(bulk=False, send_after__lte=at)[:1])
TO_MANY: Statement[Message] = Statement(lambda at: _NEXT.filter(bulk=True, send_after__lte=at)[:1])
LEFT_OVER: Statement[Message] = Statement(
    lambda at: _NEXT.filter(~Exists(_IN_HAND), bulk=True, send_after__lte=at)[:1]
)
# What is written for each letter is written as SQL once.
_CLAIMED = """
    UPDATE notifications_message SET state = 'sending', attempts = %s, lease_until = %s WHERE id = %s
"""
_SENT = """
    UPDATE notifications_message
    SET state = 'sent', sent_at = %s, subject = %s, secret = NULL, lease_until = NULL, last_error = ''
    WHERE id = %s AND state IN ('sending', 'queued')
"""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Run:
    """What one run works with: its clock, the chance in its waits, and the way out."""

    clock: Callable[[], datetime]
    chance: Callable[[], float]
    carrier: Carrier


def deliver_due(
    *, clock: Callable[[], datetime] = timezone.now, chance: Callable[[], float] = random.random
) -> int:
    """Send what somebody waits for, then what is overdue of that to many; return how many were sent.

    ``chance`` gives 0 to 1 and spreads the waits. Ends early when the mail server takes nothing.
    """
    recover(at=clock())

    def take() -> Message | None:
        at = clock()
        return claim(at=at) or claim(at=at, which=LEFT_OVER, late=OVERDUE)

    sent, is_done = _send(take, clock, chance)
    if not is_done:
        nudge()
    return sent


def deliver_bulk(
    *,
    clock: Callable[[], datetime] = timezone.now,
    chance: Callable[[], float] = random.random,
    is_stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due to many, then what is overdue of the rest; return how many were sent.

    Ends after the letter in hand once ``is_stopped``. Else as ``deliver_due``.
    """

    def take() -> Message | None:
        at = clock()
        return None if is_stopped() else claim(at=at, which=TO_MANY) or claim(at=at, late=OVERDUE)

    return _send(take, clock, chance)[0]


def _send(
    take: Callable[[], Message | None], clock: Callable[[], datetime], chance: Callable[[], float]
) -> tuple[int, bool]:
    """Send what ``take`` gives, a run's share of it: how many were sent, and whether no more can be."""
    sent = 0
    with Carrier() as carrier:
        run = Run(clock, chance, carrier)
        for _ in range(RUN):
            message = take()
            outcome = _deliver(message, run) if message else None
            if outcome is None:
                return sent, True
            sent += outcome
    return sent, False


def claim(
    *, at: datetime, which: Statement[Message] = SINGLE, late: timedelta = timedelta(0)
) -> Message | None:
    """Take the next message that has been due for so long, for one lease; None where none has. Commits.

    A message whose twin is in another worker's hands is not taken: it would overtake it. That twin was
    claimed before this one could be queued, so no worker sees the one without the other.
    """
    with transaction.atomic():
        message = which.first(at=at - late)
        if message:
            message.state = State.SENDING
            message.attempts += 1
            message.lease_until = at + LEASE
            with connection.cursor() as cursor:
                cursor.execute(_CLAIMED, (message.attempts, message.lease_until, message.pk))
    return message


def recover(*, at: datetime) -> None:
    """Bring back what killed workers left, and set aside the failed whose newer twin will tell it."""
    with transaction.atomic():
        expired = Message.objects.select_for_update(skip_locked=True, no_key=True)
        for message in expired.filter(state=State.SENDING, lease_until__lte=at).order_by("id"):
            logger.warning("Message %s (%s) was left by its worker.", message.pk, message.kind)
            if message.attempts > len(RETRY_AFTER):
                _end(message, State.FAILED, "Its worker ended each time.")
            else:
                _queue_again(message, send_after=at, error="Its worker ended while sending.")
    newer = Message.objects.filter(
        kind=OuterRef("kind"), key=OuterRef("key"), state=State.QUEUED, pk__gt=OuterRef("pk")
    )
    Message.objects.filter(Exists(newer), state=State.FAILED, debounced=True).update(
        state=State.SUPERSEDED, last_error=TOLD_BY_NEWER
    )


def render(message: Message) -> Letter | None:
    """Return the letter as it would be sent now, in its language; None where nothing is left to tell.

    Raises ``LookupError`` where no app renders this kind, and whatever its renderer raises.
    """
    with translation.override(language_of(message)):
        return KINDS[message.kind].render(message)


def language_of(message: Message) -> str:
    """Return the language that a message is written in: the member's, or that of the page that caused it."""
    if message.member:
        return languages.of_member(message.member)
    return languages.spoken_or_own(message.language)


def _deliver(message: Message, run: Run) -> bool | None:
    """Send one claimed message: True if sent, False if not, None if no other should be tried."""
    at = run.clock()
    if message.not_after and message.not_after <= at:
        return _end(message, State.FAILED, TOO_LATE.format(message.not_after))
    if gathering.is_told_elsewhere(message):
        return _end(message, State.SUPERSEDED, TOLD_BY_NEWER)
    try:
        letter = render(message)
        if letter is None:
            return _end(message, State.SUPERSEDED, NOTHING_LEFT)
        email = mime.build(
            letter, message_id=message.message_id, with_alternative=run.carrier.takes_alternatives
        )
    except Exception as error:  # one kind's mistake must not stop the others
        logger.error("Message %s (%s) cannot be rendered: %s", message.pk, message.kind, _where(error))
        return _retry(message, run, _where(error))
    if message.lease_until and run.clock() >= message.lease_until:
        return False  # it took so long that somebody else has it
    try:
        run.carrier.send(email)
    except NotSent as error:
        return _not_sent(message, run, error)
    _record_sent(message, letter, subject=str(email.subject), at=run.clock())
    return True


def _not_sent(message: Message, run: Run, error: NotSent) -> bool | None:
    if isinstance(error, Refused):
        return _end(message, State.FAILED, str(error))
    if isinstance(error, TemporaryFailure):
        return _retry(message, run, str(error))
    if isinstance(error, NoConnection):
        logger.warning("The mail server cannot be reached: mail waits.")
        message.attempts -= 1
        _queue_again(message, send_after=run.clock() + UNREACHABLE_AFTER, error=str(error))
    else:
        _retry(message, run, str(error))
    return None


def _record_sent(message: Message, letter: Letter, *, subject: str, at: datetime) -> None:
    """Record that it is out, even if the lease is over: who finds it so does not send it again."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_SENT, (at, subject[:300], message.pk))
            is_first = cursor.rowcount == 1
        if is_first:
            _follow(message, partial(kept.keep, message, letter, at=at))
        if is_first and letter.on_sent:
            _follow(message, partial(letter.on_sent, at))
    logger.info("Message %s (%s) sent.", message.pk, message.kind)


def _follow(message: Message, act: Callable[[], None]) -> None:
    """Do what follows a sending; whatever it raises, the mail is out: forgetting that would send it twice."""
    try:
        with transaction.atomic():
            act()
    except Exception as error:  # said with the message
        problem = f"Sent, but what follows failed: {_where(error)}"
        logger.error("Message %s (%s): %s", message.pk, message.kind, problem)
        Message.objects.filter(pk=message.pk).update(last_error=problem)


def _retry(message: Message, run: Run, error: str) -> bool:
    """Queue it again, later each time; give it up after the last wait, or where it would be too late."""
    if message.attempts > len(RETRY_AFTER):
        return _end(message, State.FAILED, error)
    send_after = run.clock() + RETRY_AFTER[message.attempts - 1] * (0.75 + run.chance() / 2)
    if message.not_after and send_after >= message.not_after:
        return _end(message, State.FAILED, f"{TOO_LATE.format(message.not_after)} {error}")
    logger.warning("Message %s (%s) not sent, attempt %s.", message.pk, message.kind, message.attempts)
    return _queue_again(message, send_after=send_after, error=error)


def _queue_again(message: Message, *, send_after: datetime, error: str) -> bool:
    """Bring a claimed message back; where a newer twin is queued, that one tells it."""
    rows = Message.objects.filter(pk=message.pk, state=State.SENDING, lease_until=message.lease_until)
    try:
        with transaction.atomic():
            rows.update(
                state=State.QUEUED,
                attempts=message.attempts,
                send_after=send_after,
                lease_until=None,
                last_error=error,
            )
    except IntegrityError:  # one_queued_message_per_kind_and_key
        rows.update(state=State.SUPERSEDED, lease_until=None, last_error=TOLD_BY_NEWER)
    return False


def _end(message: Message, state: Message.State, error: str) -> bool:
    """Close a claimed message that was not sent; its secret goes."""
    rows = Message.objects.filter(pk=message.pk, state=State.SENDING, lease_until=message.lease_until)
    rows.update(state=state, lease_until=None, last_error=error, secret=None)
    if state == State.FAILED:
        logger.error("Message %s (%s) given up.", message.pk, message.kind)
    return False


def _where(error: Exception) -> str:
    """Name an error and its place, not its text, which may hold what was to be rendered."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}{place}"
