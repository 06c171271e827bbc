"""Needs that are there no more after they were arranged: somebody has to stop what was arranged.

A need goes when its owner takes it out, cancels their registration or is erased. What was only asked for is
gone with it. What was arranged, confirmed, or promised in its place leaves a ``NeedToStop``, without a word
of theirs, until the team has stopped it; who asks for the same again takes it back. Higher apps tell those
who had seen it (``on_gone``).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from audit import trail
from audit.actors import By
from audit.acts import Act
from audit.confidential import Why
from common.refusals import Refusal
from common.transactions import retried
from events.models import AccessNeed, NeedToStop, Registration

#: Called with (registration, since=, at=) where what hosts may know is needed no more, or otherwise.
GoneHook = Callable[..., None]
_on_gone: list[GoneHook] = []


def on_gone(hook: GoneHook) -> None:
    """Let a higher app tell those who had seen a need. Call it in ``AppConfig.ready``."""
    if hook not in _on_gone:
        _on_gone.append(hook)


class NothingToStop(Refusal):
    """A colleague has stopped it, or it is needed again."""


def withdraw(registration: Registration, cases: Iterable[AccessNeed], *, at: datetime) -> None:
    """Note what has to be stopped of cases that are locked, and tell who had seen them.

    Of an event that is over there is nothing to stop.
    """
    gone = list(cases)
    if registration.event.is_past(at):
        return
    tell(registration, gone, at=at)
    NeedToStop.objects.bulk_create(
        [
            NeedToStop(
                event_id=registration.event_id,
                registration=registration,
                kind=one.kind,
                withdrawn_at=at,
                owner_id=one.owner_id,
            )
            for one in gone
            if one.was_arranged
        ],
        ignore_conflicts=True,
    )


def withdraw_all(registration: Registration, *, at: datetime) -> None:
    """Withdraw all that is needed by who does not come any more, while it is known what they had booked."""
    cases = AccessNeed.objects.filter(told__registration=registration)
    withdraw(registration, cases.select_for_update(of=("self",)), at=at)


def tell(registration: Registration, cases: Sequence[AccessNeed], *, at: datetime) -> None:
    """Tell who had seen these that they are needed no more, or otherwise."""
    known = [one.asked_at for one in cases if one.is_shared_with_hosts]
    if known:
        for hook in _on_gone:
            hook(registration, since=min(known), at=at)


def take_back(registration: Registration, kind: str) -> bool:
    """Stop nothing of what they need again; whether there was something."""
    return bool(NeedToStop.objects.filter(registration=registration, kind=kind).delete()[0])


@retried
def stop(pk: int, *, by: By, at: datetime) -> NeedToStop:
    """Note that what was arranged is stopped, and keep it no longer. Raises ``NothingToStop``."""
    rows = NeedToStop.objects.select_for_update(of=("self",)).select_related("event", "registration__member")
    one = rows.filter(pk=pk).first()
    if one is None:
        raise NothingToStop("A colleague has stopped it, or they need it again. Nothing to do.")
    trail.record(one, Act.NEED_STOPPED, by=by, at=at)
    NeedToStop.objects.filter(pk=pk).delete()
    return one


def look(rows: Iterable[NeedToStop], *, by: By, at: datetime, since: datetime | None = None) -> None:
    """Record that ``by`` looks at what these people needed, as at needs; ``since`` a moment it is one."""
    theirs = {one.registration_id: one.registration for one in rows if one.registration is not None}
    why, act = Why.TO_ARRANGE.value, Act.NEEDS_SEEN
    before = trail.done(
        Registration, [one.pk for one in theirs.values()], act, by=by, since=since or at, why=why
    )
    trail.record_all(
        trail.entry(one, act, by=by, at=at, why=why) for one in theirs.values() if one.pk not in before
    )
