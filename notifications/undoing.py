"""What undoing an act takes out of the outbox, and what it owes again.

``take_back`` locks the emails of a cause: either none was on its way, and none goes out, or all stay. While
something was called off, letters about it found nothing left to tell; once it is back they are owed again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from notifications.models import NOTHING_LEFT, Message

#: So long before it was called off a letter may have been due that a busy worker looked at after it.
DUE_BEFORE: Final = timedelta(minutes=10)


def take_back(kinds: Sequence[str], *, key: str) -> bool:
    """Owe none of the emails of these kinds whose key begins with ``key``; ``False`` if one is on its way.

    Then all of them stay. In the caller's transaction; a worker that claims one meanwhile waits, or is seen.
    """
    every = Message.objects.filter(kind__in=kinds, key__startswith=key)
    held = list(every.select_for_update(of=("self",)).order_by("id").only("id", "state"))
    if any(message.state != Message.State.QUEUED for message in held):
        return False
    Message.objects.filter(pk__in=[message.pk for message in held]).delete()
    return True


def owe_again(*, since: datetime, at: datetime) -> int:
    """Owe again what was due since then and found nothing left to tell, because something was called off.

    Each is rendered anew: what has nothing to tell still tells nothing. Nothing that ended for another reason
    (taken as sent, given up, told by a newer one), and nothing that carried a secret.
    """
    newer = Message.objects.filter(kind=OuterRef("kind"), key=OuterRef("key"), pk__gt=OuterRef("pk"))
    nothing = {"state": Message.State.SUPERSEDED, "last_error": NOTHING_LEFT}
    quiet = Message.objects.filter(**nothing, had_secret=False, resend_of=None)
    due = quiet.filter(send_after__gte=since - DUE_BEFORE, send_after__lte=at).exclude(Exists(newer))
    return due.update(state=Message.State.QUEUED, send_after=at, last_error="")
