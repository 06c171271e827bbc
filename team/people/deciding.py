"""Deciding about a membership on the page of a person: only about what was on the screen.

The page names how the membership stood when it was shown. Where somebody has decided meanwhile, a press on
the old page changes nothing, under the member's lock; who it was, and when, is said. A second press of one's
own is no news.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from audit import history
from audit.acts import Act
from audit.models import Entry
from common.times import SITE_ZONE, format_moment
from members import keys
from members.models import Member

#: What changes how a membership stands.
DECISIONS = (
    Act.JOINED,
    Act.APPROVED,
    Act.APPROVAL_TAKEN_BACK,
    Act.DECLINED,
    Act.MEMBERSHIP_ENDED,
    Act.REINSTATED,
)


class DecidedMeanwhile(Exception):
    """It stands otherwise by now; ``str()`` is the sentence for whoever presses.

    ``is_own``: it stands as the press asked for, by a press of their own before.
    """

    def __init__(self, says: str, *, is_own: bool) -> None:
        super().__init__(says)
        self.is_own = is_own


def as_shown(person: Member) -> str:
    """Name how the membership of a person stands, for a form to bring back."""
    return f"{person.membership} {person.membership_changed_at.isoformat()}"


@contextmanager
def about(person: Member, *, shown: str, becomes: str = "", reader: Member) -> Iterator[Member]:
    """Hold the membership as it was shown while it is decided that it ``becomes`` another.

    Raises ``DecidedMeanwhile``, and ``StrongerAccount`` where the reader may not change this account.
    """
    with transaction.atomic():
        locked: Member = Member.objects.select_for_update(no_key=True).get(pk=person.pk)
        keys.check(locked, by=reader)
        if as_shown(locked) != shown:
            raise _decided(locked, becomes, reader)
        yield locked


def _decided(member: Member, becomes: str, reader: Member) -> DecidedMeanwhile:
    """Say who decided last, and when. Two queries."""
    entries = list(history.entries_of(member).filter(act__in=DECISIONS)[:1])
    is_own = member.membership == becomes and any(one.actor_id == reader.pk for one in entries)
    return DecidedMeanwhile(_stands(member, entries), is_own=is_own)


def stands(member: Member) -> str:
    """Say how the membership of somebody stands, who decided so, and when. Two queries."""
    return _stands(member, history.entries_of(member).filter(act__in=DECISIONS)[:1])


def _stands(member: Member, entries: Iterable[Entry]) -> str:
    now, last = member.get_membership_display(), next(iter(history.lines(entries)), None)
    by = f" by {last.who}, {format_moment(last.at, SITE_ZONE.key)}" if last else ""
    return f"Nothing has changed about {member.name}: it stands as “{now}” already{by}."
