"""Deciding about a membership on the page of a person: only about what was on the screen.

The page names how the membership stood when it was shown. Where a colleague has decided meanwhile, a press on
the old page changes nothing, under the member's lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from members import keys
from members.models import Member


class DecidedMeanwhile(Exception):
    """A colleague was quicker; ``str()`` is the sentence for whoever presses."""


def as_shown(person: Member) -> str:
    """Name how the membership of a person stands, for a form to bring back."""
    return f"{person.membership} {person.membership_changed_at.isoformat()}"


@contextmanager
def about(person: Member, *, shown: str, reader: Member) -> Iterator[Member]:
    """Hold the membership as it was shown while it is decided about.

    Raises ``DecidedMeanwhile``, and ``StrongerAccount`` where the reader may not change this account.
    """
    with transaction.atomic():
        locked: Member = Member.objects.select_for_update(no_key=True).get(pk=person.pk)
        keys.check(locked, by=reader)
        if as_shown(locked) != shown:
            now = locked.get_membership_display()
            raise DecidedMeanwhile(
                f"Nothing has changed: a colleague was quicker, and it now says “{now}”. Look, then decide."
            )
        yield locked
