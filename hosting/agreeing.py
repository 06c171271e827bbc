"""Agreeing to confidentiality: before it a host sees nobody; the words are kept as they were agreed to."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy

from audit import trail
from audit.acts import Act
from common.transactions import retried
from events.models import Contributor, Event
from hosting import access
from hosting.access import NotTheirs, Reader
from hosting.models import Agreement
from notifications import outbox

KIND: Final = "host-confirmed"
#: What hosts agree to; each agreement keeps the words of its day.
WORDS: Final = gettext_lazy(
    "I use what I read about people here only to run my sessions. I tell nobody else what they need or who "
    "comes, and keep no copy after the event."
)


@retried
def agree(event: Event, reader: Reader, *, at: datetime) -> None:
    """Keep that the reader agrees, as each host of the event that they are; the same again changes nothing.

    Raises ``NotTheirs`` where they host nothing there.
    """
    parts = access.parts(event, reader, at=at)
    if not parts:
        raise NotTheirs
    for one in {part.contributor.pk: part.contributor for part in parts if not part.has_agreed}.values():
        _agree(event, one, reader, at)


def _agree(event: Event, contributor: Contributor, reader: Reader, at: datetime) -> None:
    agreement = Agreement(
        event=event,
        contributor=contributor,
        agreed_as=access.identity(contributor),
        words=str(WORDS),
        agreed_at=at,
    )
    Agreement.objects.bulk_create(
        [agreement],
        update_conflicts=True,
        unique_fields=["event", "contributor"],
        update_fields=["agreed_as", "words", "agreed_at"],
    )
    trail.record(contributor, Act.HOST_AGREED, by=reader.by, at=at, event=event.pk)
    outbox.enqueue(
        KIND,
        at=at,
        key=f"{KIND}:{event.pk}:{contributor.pk}:{at.isoformat()}",
        payload={"event": event.pk, "contributor": contributor.pk},
        **access.to(contributor),
    )
