"""What was sent, kept with its message so that the team can read what somebody got.

The rendered words are kept for 90 days, bounded in size; attachments by their names only. Never kept: what
held a code or a secret link, and what is confidential. What is kept is erased with the address it went to,
and with words that a moderator takes out; who may see the message may read it.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from notifications import outbox
from notifications.models import Message, SentLetter
from notifications.outbox import Letter

RETENTION = timedelta(days=90)
#: Characters of each part; what is longer is kept as text alone, cut.
MAX_PART_CHARS = 60_000
MAX_FILES = 20


def is_secret(message: Message) -> bool:
    """Whether a message holds a code, is confidential, or has secret links for who has no account."""
    kind = outbox.KINDS.get(message.kind)
    if message.had_secret or kind is None:
        return message.had_secret
    return kind.is_confidential or (message.member_id is None and kind.is_private)


def keep(message: Message, letter: Letter, *, at: datetime) -> None:
    """Keep what a message said, unless it held a secret. One statement."""
    if is_secret(message):
        return
    is_long = max(len(letter.text), len(letter.html)) > MAX_PART_CHARS
    files = [f"{file.filename[:200]} ({file.mimetype[:100]})" for file in letter.attachments[:MAX_FILES]]
    text = f"{letter.text[:MAX_PART_CHARS]}…" if len(letter.text) > MAX_PART_CHARS else letter.text
    html = "" if is_long else letter.html
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, (message.pk, text, html, json.dumps(files), at))


_KEEP = """
    INSERT INTO notifications_sentletter (message_id, text, html, files, kept_at)
    VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


def forget(*, at: datetime) -> int:
    """Erase what has been kept for long enough; return how many. Repeating it changes nothing."""
    return SentLetter.objects.filter(kept_at__lte=at - RETENTION).delete()[0]


def erase(messages: "QuerySet[Message]") -> int:
    """Erase what these messages said; that they were sent stays. Return how many."""
    return SentLetter.objects.filter(message__in=messages).delete()[0]


def erase_about(what: str, ids: Iterable[int]) -> None:
    """Erase what messages about these rows said, and their subjects: ``what`` names the rows in payloads."""
    about = Message.objects.filter(**{f"payload__{what}__in": list(ids)})
    erase(about.filter(sent_letter__isnull=False))
    about.exclude(subject="").update(subject="")
