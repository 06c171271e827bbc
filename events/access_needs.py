"""What somebody who is registered needs to take part: kept as long as it is wanted, and shown to few.

Each need is a case with a state of its own (``need_cases``); telling anew keeps the cases that stay, and what
was written anew in own words begins anew. Hosts know what its owner lets them know, need by need. What a
member keeps for their next registration lies apart, where nobody else reads it. When needs go, numbers stay.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeAlias, TypedDict

from django.db.models import F, Prefetch, Q, QuerySet

from audit import trail
from audit.actors import SITE, By
from audit.acts import Act, Why
from common.transactions import retried
from events.models import AccessNeed, AccessNeeds, KeptNeed, Kind, NeedCount, Registration
from members.models import Member

#: How long needs are kept after the event's last day, or after who has them has cancelled.
RETENTION: Final = timedelta(days=30)


class Told(TypedDict, total=False):
    """What somebody tells of their needs, as ``save`` takes it."""

    needs: str
    share_with_hosts: bool
    kinds: Mapping[str, bool]
    keep: bool | None


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
    keep: bool | None = None,
) -> None:
    """Keep what they need: ``kinds`` that were ticked, ``needs`` in own words; nothing of both forgets all.

    Of each: whether hosts may know. ``keep`` keeps it for the next registration too, ``False`` keeps nothing
    there, ``None`` leaves that as it is. Of a closed account nothing is kept.
    """
    asked = _asked(needs, share_with_hosts, kinds or {})
    # Whoever erases them holds the account; what comes after that is not kept.
    if (asked or keep) and not Member.objects.lock_open(registration.member_id).exists():
        return
    if keep is not None:
        _keep(registration.member_id, asked if keep else {}, at)
    if asked:
        _tell(registration, asked, at)
        trail.record(registration, Act.NEEDS_KEPT, by=by, at=at)
    elif AccessNeeds.objects.filter(registration=registration).delete()[0]:
        trail.record(registration, Act.NEEDS_FORGOTTEN, by=by, at=at)


def _asked(needs: str, share_with_hosts: bool, kinds: Mapping[str, bool]) -> Asked:  # noqa: FBT001  # as save
    asked: Asked = {Kind(kind).value: ("", for_hosts) for kind, for_hosts in kinds.items()}
    if needs.strip():
        asked[Kind.OTHER.value] = (needs.strip(), share_with_hosts)
    return asked


def _tell(registration: Registration, asked: Asked, at: datetime) -> None:
    told, _ = AccessNeeds.objects.select_for_update().get_or_create(registration=registration)
    told.save()  # its moment
    before = {one.kind: one for one in told.cases.select_for_update()}
    told.cases.exclude(kind__in=asked).delete()
    for kind, (words, for_hosts) in asked.items():
        case = before.get(kind) or AccessNeed(told=told, kind=kind)
        if case.pk is None or case.words != words:
            case.words, case.asked_at, case.instead, case.was_met = words, at, "", None
            case.state, case.state_changed_at = AccessNeed.State.NEW, at
        elif case.is_shared_with_hosts == for_hosts:
            continue
        case.is_shared_with_hosts, case.version = for_hosts, case.version + 1
        case.save()


def _keep(member_id: int, asked: Asked, at: datetime) -> None:
    KeptNeed.objects.filter(member=member_id).delete()
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
    registrations: Iterable[int], why: Why, *, act: Act, only_shared: bool, by: By, at: datetime
) -> list[AccessNeeds]:
    """Return what these people need, and record in the history of each that ``by`` has looked, and why.

    ``act`` says as what; ``only_shared`` leaves out what hosts may not know, need by need: ``cases`` and
    ``needs`` of what is returned hold the rest.
    """
    cases = AccessNeed.objects.filter(told__registration__in=list(registrations))
    if only_shared:
        cases = cases.filter(is_shared_with_hosts=True)
    found = AccessNeeds.objects.filter(pk__in=cases.values("told")).select_related("registration")
    needs = list(found.prefetch_related(Prefetch("cases", cases.select_related("owner"))))
    trail.record_all(trail.entry(one.registration, act, by=by, at=at, why=why.value) for one in needs)
    return needs


def forget(*, at: datetime) -> int:
    """Erase needs for events that are over, and of who cancelled, after ``RETENTION``; return how many."""
    old = at - RETENTION
    is_over = Q(registration__event__last_day__lt=old.date())
    is_cancelled = Q(
        registration__status=Registration.Status.CANCELLED, registration__status_changed_at__lte=old
    )
    found = list(AccessNeeds.objects.filter(is_over | is_cancelled).values_list("pk", flat=True))
    return sum(_forget(pk, at) for pk in found)


@retried
def _forget(pk: int, at: datetime) -> bool:
    told = AccessNeeds.objects.select_for_update().filter(pk=pk).first()
    if told is None:
        return False
    registration = Registration.objects.select_related("event").get(pk=pk)
    count(AccessNeed.objects.filter(told=told), at=at)
    told.delete()
    trail.record(registration, Act.NEEDS_FORGOTTEN, by=SITE, at=at)
    return True


def count(cases: "QuerySet[AccessNeed]", *, at: datetime) -> None:
    """Add cases that are about to go to the numbers that stay: of who came to an event that is over."""
    cancelled = Registration.Status.CANCELLED
    for one in cases.exclude(told__registration__status=cancelled).select_related(
        "told__registration__event"
    ):
        if not one.event.is_past(at):
            continue
        number, _ = NeedCount.objects.get_or_create(event=one.event, kind=one.kind)
        NeedCount.objects.filter(pk=number.pk).update(
            asked=F("asked") + 1,
            confirmed=F("confirmed") + int(one.state == AccessNeed.State.CONFIRMED),
            met=F("met") + int(one.was_met is True),
            not_met=F("not_met") + int(one.was_met is False),
        )
