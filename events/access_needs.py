"""What somebody who is registered needs to take part: kept as long as it is wanted, and shown to few.

Each need is a case with a state of its own (``need_cases``); telling anew keeps the cases that stay, and what
was written anew in own words begins anew; what goes after it was arranged has to be stopped
(``need_withdrawals``). Hosts know what its owner lets them know, need by need. What a
member keeps for their next registration lies apart, where nobody else reads it. When needs go, numbers stay.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeAlias, TypedDict

from django.db import connection
from django.db.models import Prefetch, Q

from audit import trail
from audit.actors import SITE, By
from audit.acts import Act
from audit.confidential import Why
from common.transactions import retried
from events import need_counts, need_withdrawals
from events.models import AccessNeed, AccessNeeds, Event, KeptNeed, Kind, NeedToStop, Registration
from events.models.access_needs import HIRED
from members.models import Member

#: How long needs are kept after the event's last day, or after who has them has cancelled.
RETENTION: Final = timedelta(days=30)


class Told(TypedDict, total=False):
    """What somebody tells of their needs, as ``save`` takes it."""

    needs: str
    share_with_hosts: bool
    kinds: Mapping[str, bool]
    shown: Collection[str]
    keep: bool | None


#: So many registrations are forgotten in one transaction.
BATCH: Final = 500
#: Columns of the release before, which goes on while an upgrade migrates; they go with the next one.
TAKE_OVER: Final = """
    WITH late AS (
        UPDATE events_accessneeds AS told SET needs = '' FROM (
            SELECT registration_id, btrim(needs) AS words, is_shared_with_hosts
            FROM events_accessneeds WHERE btrim(needs) <> '' FOR UPDATE
        ) AS before WHERE told.registration_id = before.registration_id
        RETURNING told.registration_id, before.words, before.is_shared_with_hosts
    )
    INSERT INTO events_accessneed (
        told_id, kind, words, is_shared_with_hosts, asked_at, state, state_changed_at, instead, version
    )
    SELECT registration_id, 'other', words, is_shared_with_hosts, now(), 'new', now(), '', 1 FROM late
    ON CONFLICT (told_id, kind) DO UPDATE SET words = EXCLUDED.words, state = 'new', asked_at = now(),
        state_changed_at = now(), instead = '', was_met = NULL, version = events_accessneed.version + 1
"""
#: A need → its own words, and whether hosts may know.
Asked: TypeAlias = dict[str, tuple[str, bool]]


@retried
def save(
    registration: Registration,
    *,
    by: By,
    at: datetime,
    needs: str = "",
    share_with_hosts: bool = False,
    kinds: Mapping[str, bool] | None = None,
    shown: Collection[str] = tuple(Kind),
    keep: bool | None = None,
) -> None:
    """Keep what they need: ``kinds`` that were ticked, ``needs`` in own words; nothing of both forgets all.

    Of each: whether hosts may know. ``shown`` are those that were asked about: others stay as they are.
    ``keep`` keeps it for the next registration too, ``False`` keeps nothing there, ``None`` leaves that as it
    is. Of a closed account nothing is kept.
    """
    asked, shown = _asked(needs, share_with_hosts, kinds or {}), {*shown, *(kinds or {}), Kind.OTHER.value}
    # Whoever erases them holds the account; what comes after that is not kept.
    if (asked or keep) and not Member.objects.lock_open(registration.member_id).exists():
        return
    if keep is not None:
        _keep(registration.member_id, asked if keep else {}, shown if keep else {*Kind}, at)
    if asked:
        AccessNeeds.objects.get_or_create(registration=registration)
    told = AccessNeeds.objects.select_for_update().filter(registration=registration).first()
    if told is None:
        return
    _tell(told, registration, asked, shown, at)
    if told.cases.exists():
        told.save()  # its moment
        trail.record(registration, Act.NEEDS_KEPT, by=by, at=at)
    else:
        told.delete()
        trail.record(registration, Act.NEEDS_FORGOTTEN, by=by, at=at)


def begin_anew(registration: Registration) -> None:
    """Let nothing stand from before a cancellation: what was arranged then is not there any more."""
    AccessNeeds.objects.filter(registration=registration).delete()


def is_told(registration: Registration, told: Told) -> bool:
    """Whether all of ``told`` is kept, or nothing was told: nothing of it would be lost."""
    asked = _asked(told.get("needs", ""), told.get("share_with_hosts", False), told.get("kinds", {}))
    cases = AccessNeed.objects.filter(told__registration=registration)
    return asked.items() <= {one.kind: (one.words, one.is_shared_with_hosts) for one in cases}.items()


def _asked(needs: str, share_with_hosts: bool, kinds: Mapping[str, bool]) -> Asked:  # noqa: FBT001  # as save
    asked: Asked = {Kind(kind).value: ("", for_hosts) for kind, for_hosts in kinds.items()}
    if words := needs.strip().replace("\r\n", "\n"):
        asked[Kind.OTHER.value] = (words, share_with_hosts)
    return asked


def _tell(
    told: AccessNeeds, registration: Registration, asked: Asked, shown: Collection[str], at: datetime
) -> None:
    before = {one.kind: one for one in told.cases.select_for_update()}
    gone = [one for kind, one in before.items() if kind in shown and kind not in asked]
    need_withdrawals.withdraw(registration, gone, at=at)
    told.cases.filter(pk__in=[one.pk for one in gone]).delete()
    for kind, (words, for_hosts) in asked.items():
        case = before.get(kind) or AccessNeed(told=told, kind=kind)
        if kind not in before:
            _begin(case, words, registration.event, at)
            case.rearranged_at = at if need_withdrawals.take_back(registration, kind) else None
        elif case.words != words:
            need_withdrawals.tell(registration, [case], at=at)
            case.rearranged_at = at if case.was_arranged else None
            _begin(case, words, registration.event, at)
        case.is_shared_with_hosts = for_hosts
        case.save()


def _begin(case: AccessNeed, words: str, event: Event, at: datetime) -> None:
    """Ask for it now: nobody has answered that yet."""
    is_after = event.ask_needs_by is not None and at.astimezone(event.zone).date() > event.ask_needs_by
    case.words, case.asked_at, case.was_asked_late = words, at, is_after and case.kind in HIRED
    case.state, case.state_changed_at, case.instead = AccessNeed.State.NEW, at, ""
    case.owner, case.answer_sent_at, case.was_met = None, None, None
    case.version += 1


def _keep(member_id: int, asked: Asked, shown: Collection[str], at: datetime) -> None:
    KeptNeed.objects.filter(member=member_id, kind__in=shown).delete()
    KeptNeed.objects.bulk_create(
        KeptNeed(member_id=member_id, kind=kind, words=words, is_shared_with_hosts=for_hosts, kept_at=at)
        for kind, (words, for_hosts) in asked.items()
    )


@retried
def keep_no_longer(member: Member, *, by: By, at: datetime) -> bool:
    """Forget what they keep for their next registration; whether there was anything."""
    if not KeptNeed.objects.filter(member=member).delete()[0]:
        return False
    trail.record(member, Act.NEEDS_LET_GO, by=by, at=at)
    return True


@retried
def look(
    registrations: Iterable[int],
    why: Why,
    *,
    act: Act,
    only_shared: bool,
    by: By,
    at: datetime,
    since: datetime | None = None,
) -> list[AccessNeeds]:
    """Return what these people need, and record in the history of each that ``by`` has looked, and why.

    ``act`` says as what; ``only_shared`` leaves out what hosts may not know, need by need: ``cases`` and
    ``needs`` of what is returned hold the rest. What ``by`` has looked at ``since`` a moment, for the same
    reason, is the same look: it is not recorded again.
    """
    cases = AccessNeed.objects.filter(told__registration__in=list(registrations))
    if only_shared:  # with the hosts of sessions that they come to
        cases = cases.for_hosts(at)
    found = AccessNeeds.objects.filter(pk__in=cases.values("told")).select_related("registration")
    needs = list(found.prefetch_related(Prefetch("cases", cases.select_related("owner"))))
    ids = [one.pk for one in needs]
    before = trail.done(Registration, ids, act, by=by, since=since, why=why.value) if since else ()
    trail.record_all(
        trail.entry(one.registration, act, by=by, at=at, why=why.value)
        for one in needs
        if one.pk not in before
    )
    return needs


def forget(*, at: datetime) -> int:
    """Erase needs for events that are over, and of who cancelled, after ``RETENTION``; return how many."""
    old = at - RETENTION
    is_over = Q(registration__event__last_day__lt=old.date())
    is_cancelled = Q(
        registration__status=Registration.Status.CANCELLED, registration__status_changed_at__lte=old
    )
    found = list(AccessNeeds.objects.filter(is_over | is_cancelled).values_list("pk", flat=True))
    batches = (found[start : start + BATCH] for start in range(0, len(found), BATCH))
    NeedToStop.objects.filter(event__last_day__lt=old.date()).delete()
    return sum(_forget(batch, at) for batch in batches)


@retried
def _forget(pks: list[int], at: datetime) -> int:
    told = list(AccessNeeds.objects.select_for_update(of=("self",)).filter(pk__in=pks))
    registrations = Registration.objects.filter(access_needs__in=told)
    entries = [trail.entry(one, Act.NEEDS_FORGOTTEN, by=SITE, at=at) for one in registrations]
    need_counts.erase([one.pk for one in told], at=at)
    AccessNeeds.objects.filter(pk__in=[one.pk for one in told]).delete()
    trail.record_all(entries)
    return len(told)


def sweep() -> int:
    """Make cases of what the code of the release before has still written; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_OVER)
        return int(cursor.rowcount)
