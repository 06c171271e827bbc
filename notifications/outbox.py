"""The outbox: whatever must be told is put here, in the transaction that caused it.

``enqueue`` writes a row and nothing else; mail is rendered and sent later by ``delivery``, so no
request waits for a mail server or a broker. A kind either carries its cause in the key, and is told
once for ever, or is *debounced*: while it is queued a later put pushes it back, within limits.
Higher apps say how a kind is rendered with ``register``, in their ``AppConfig.ready``.
"""

import json
import random
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.utils.translation import get_language

from common import prepared
from common.statements import Statement
from notifications.models import Message
from notifications.nudge import nudge

BATCH = 500

# Django's bulk_create cannot name a partial index, hence SQL. The payload (column ``about``) is merged key
# by key, the later value winning. A row that is waiting after a failed attempt keeps its time: a change must
# not use up its attempts on a mail server that is down.
#: Puts a debounced message; its parameters are those of ``debounced``. Acts make it part of what they write.
UPSERT = """
    INSERT INTO notifications_message (
        kind, key, member_id, email, about, created_at, send_after, not_after, message_id, language,
        debounced, bulk, had_secret, state, attempts, last_error, subject
    ) VALUES (
        %(message_kind)s, %(message_key)s, %(message_member)s, %(message_email)s, %(message_about)s::jsonb,
        %(message_at)s, %(message_due)s, %(message_not_after)s, %(message_id)s, %(message_language)s,
        true, false, false, 'queued', 0, '', ''
    )
    ON CONFLICT (kind, key) WHERE state = 'queued' DO UPDATE SET
        member_id = EXCLUDED.member_id,
        email = EXCLUDED.email,
        language = EXCLUDED.language,
        about = notifications_message.about || EXCLUDED.about,
        not_after = EXCLUDED.not_after,
        send_after = CASE
            WHEN notifications_message.attempts > 0 THEN notifications_message.send_after
            ELSE LEAST(EXCLUDED.send_after, notifications_message.created_at + %(message_at_most)s)
        END
"""


OnSent = Callable[[datetime], None]


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter; ``mimetype`` keeps parameters: ``text/calendar; method=REQUEST``."""

    filename: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Letter:
    """A rendered email. Without ``from_email`` it comes from ``DEFAULT_FROM_EMAIL``.

    ``on_sent`` records what it has told: it gets the moment, and runs in the transaction that records the
    sending. A letter that fails, or is only looked at, has told nothing.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    from_email: str = ""
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    on_sent: OnSent | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class MessageRow:
    """One recipient of ``enqueue_many``: the key holds the cause, so each is told once."""

    key: str
    member_id: int | None = None
    email: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""


Render = Callable[[Message], Letter | None]


@dataclass(frozen=True)
class Kind:
    """How a kind is rendered.

    ``is_private``: to people without an account it holds secret links, and lists never show where it went.
    ``is_bulk``: one cause tells it to many, none of whom waits for it: it goes out behind everything else.
    ``is_unlisted``: that it went to somebody is told to nobody of the team, on no page and in no list.
    ``is_confidential``: what it says is for its reader alone: never kept, and shown to nobody of the team.
    """

    render: Render
    is_private: bool = False
    is_bulk: bool = False
    is_confidential: bool = False
    is_unlisted: bool = False


KINDS: dict[str, Kind] = {}


def register(
    kind: str,
    render: Render,
    *,
    is_private: bool = False,
    is_bulk: bool = False,
    is_confidential: bool = False,
    is_unlisted: bool = False,
) -> None:
    """Say how messages of ``kind`` are rendered; for ``AppConfig.ready``.

    ``render`` gets the message at delivery and returns the letter, or None where nothing is left
    to tell. Where ``message.resend_of_id`` is set somebody asked for it again: tell all of it.
    For the others see ``Kind``.
    Raises ``ValueError`` if somebody else renders this kind.
    """
    new = Kind(render, is_private, is_bulk, is_confidential, is_unlisted)
    if KINDS.setdefault(kind, new) != new:
        raise ValueError(f"The kind {kind!r} is registered already.")


def unlisted() -> list[str]:
    """Return the kinds of which nobody of the team is told that they went to somebody."""
    return [name for name, kind in KINDS.items() if kind.is_unlisted]


def is_bulk(kind: str) -> bool:
    """Whether messages of that kind go to many at once, in a process of their own (``delivery``)."""
    return kind in KINDS and KINDS[kind].is_bulk


def enqueue(
    kind: str,
    *,
    at: datetime,
    key: str,
    member: AbstractBaseUser | None = None,
    email: str = "",
    language: str = "",
    payload: Mapping[str, Any] | None = None,
    delay: timedelta = timedelta(0),
    at_most: timedelta | None = None,
    not_after: datetime | None = None,
    secret: Mapping[str, Any] | None = None,
) -> None:
    """Owe somebody an email: a row, in the caller's transaction.

    Without ``at_most`` the key names the cause, and a cause that was told already, whatever became
    of the message, adds nothing. With it the kind is debounced: a queued twin is pushed to ``at`` +
    ``delay``, never later than ``at_most`` after it was first queued, its ``payload`` merged (later
    values win). ``payload`` holds ids only; ``secret`` is wiped once sent. After ``not_after`` it is
    not sent. ``email`` is for people without an account, ``language`` theirs: that of the page unless told.
    Raises ``ValueError`` for what could never be sent: no recipient, a key of over 200 characters.
    """
    row = MessageRow(key, member.pk if member else None, email, payload or {}, language)
    if at_most is not None:
        if secret is not None:
            raise ValueError("A debounced message cannot carry a secret: it would outlive its replacement.")
        values = debounced(kind, row, at=at, delay=delay, at_most=at_most, not_after=not_after)
        with connection.cursor() as cursor:
            prepared.execute(cursor, UPSERT, values)
    else:
        message = _message(kind, row, at=at, delay=delay, not_after=not_after)
        message.secret, message.had_secret = secret, bool(secret)
        Message.objects.bulk_create([message], ignore_conflicts=True)
    if not delay:
        _nudge_after_commit(kind)


def enqueue_many(
    kind: str,
    rows: Iterable[MessageRow],
    *,
    at: datetime,
    delay: timedelta = timedelta(0),
    spread: timedelta = timedelta(0),
    chance: Callable[[], float] = random.random,
    not_after: datetime | None = None,
) -> None:
    """Owe thousands of people an email of one kind, in one INSERT for each 500.

    The key of each row names the cause, as in ``enqueue``; what was told already adds nothing. Each waits
    a part of ``spread`` more, for which ``chance`` gives 0 to 1.
    """
    # By key: two callers that insert the same rows wait for each other in one order.
    messages = [
        _message(kind, row, at=at, delay=delay + chance() * spread, not_after=not_after)
        for row in sorted(rows, key=lambda row: row.key)
    ]
    Message.objects.bulk_create(messages, batch_size=BATCH, ignore_conflicts=True)
    if messages and not delay:
        _nudge_after_commit(kind)


def cancel_queued(kinds: Sequence[str], *, key: str) -> int:
    """Owe no longer what is still queued of these kinds under ``key``; return how many emails that were.

    A key that ends with a colon stands for all that begin with it. What a worker has in its hands goes out.
    """
    queued = Message.objects.filter(kind__in=kinds, state=Message.State.QUEUED, sent_again=None)
    wanted = queued.filter(key__startswith=key) if key.endswith(":") else queued.filter(key=key)
    # Locked, then deleted: a worker may claim one between the looking and the deleting.
    with transaction.atomic():
        held = wanted.select_for_update(of=("self",)).order_by("id")
        return Message.objects.filter(pk__in=[message.pk for message in held]).delete()[0]


def is_queued(kind: str, *, key: str) -> bool:
    """Whether an email of this cause still waits, so that it could be taken back."""
    return _QUEUED.first(kind=kind, key=key) is not None


_QUEUED = Statement(
    lambda kind, key: (
        Message.objects.filter(kind=kind, key=key, state=Message.State.QUEUED)
        .order_by()
        .values_list("pk", flat=True)[:1]
    )
)


def new_message_id() -> str:
    """Return a Message-ID (RFC 5322, 3.6.4) under the site's own domain."""
    return f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"


def _message(
    kind: str,
    row: MessageRow,
    *,
    at: datetime,
    delay: timedelta,
    not_after: datetime | None,
) -> Message:
    _check(row)
    return Message(
        kind=kind,
        key=row.key,
        member_id=row.member_id,
        email=row.email,
        payload=dict(row.payload),
        created_at=at,
        send_after=at + delay,
        not_after=not_after,
        message_id=new_message_id(),
        language=_language(row),
        bulk=is_bulk(kind),
    )


def debounced(
    kind: str,
    row: MessageRow,
    *,
    at: datetime,
    delay: timedelta,
    at_most: timedelta,
    not_after: datetime | None = None,
) -> dict[str, Any]:
    """Return the parameters of ``UPSERT``, for what ``enqueue`` describes; raises what it raises."""
    _check(row)
    return {
        "message_kind": kind,
        "message_key": row.key,
        "message_member": row.member_id,
        "message_email": row.email,
        "message_about": json.dumps(dict(row.payload)),
        "message_at": at,
        "message_due": at + min(delay, at_most),
        "message_not_after": not_after,
        "message_id": new_message_id(),
        "message_language": _language(row),
        "message_at_most": at_most,
    }


def _check(row: MessageRow) -> None:
    if row.member_id is None and not row.email:
        raise ValueError("A message needs a member or an address.")
    if not row.key or len(row.key) > 200:
        raise ValueError("The key of a message has 1 to 200 characters.")


def _language(row: MessageRow) -> str:
    return row.language or get_language() or ""


def _nudge_after_commit(kind: str) -> None:
    # Once a transaction, however many messages it puts. Who sends to many looks by themselves.
    if not is_bulk(kind) and not any(callback[1] is nudge for callback in connection.run_on_commit):
        transaction.on_commit(nudge, robust=True)
