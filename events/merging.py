"""What merging two accounts makes of registrations, access needs and hosting (``members.merging``).

Where both are registered for one event one registration remains, that of the account that stays: with the
better status of both, and the earlier ticket. What the other held goes to the line. Access needs that were
told with either are kept, and hosts may know them only where both said so.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Final

from django.db.models import Q

from audit import trail
from audit.actors import By
from audit.acts import Act as Did
from events import approval, need_cases, need_withdrawals
from events import registration as registering
from events.models import (
    AccessNeed,
    AccessNeeds,
    CalendarEntry,
    Contributor,
    Event,
    EventPlaces,
    KeptNeed,
    NeedToStop,
    Registration,
)
from events.models.access_needs import MAX_WORDS_CHARS
from events.personal_data import keep_hosting
from events.programme.cache_version import raise_version
from members.merging import registry
from members.merging.proof import MergeRefused
from members.merging.registry import Act, Afterwards, Line
from members.models import Member

Status = Registration.Status
#: How far the team has come with a need.
FURTHER: Final = (
    AccessNeed.State.NEW,
    AccessNeed.State.ARRANGED,
    AccessNeed.State.CANNOT,
    AccessNeed.State.CONFIRMED,
)
NEEDS: Final = "What was told with either is kept. Of what was told with both hosts know if both said so."
#: The better first.
ORDER = (Status.CONFIRMED, Status.WAITING, Status.RECEIVED, Status.CANCELLED)


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    ways = (Registration, "member"), (Contributor, "member"), (KeptNeed, "member")
    registry.by_act("events", Act(merge, look, lock), *ways)
    registry.moves(AccessNeed, "owner")
    registry.moves(NeedToStop, "owner")
    registry.goes(CalendarEntry, "member")


def lock(kept: Member, ended: Member) -> None:
    """Lock all their registrations, then the places of those events, in the order of the house."""
    theirs = Registration.objects.filter(member__in=(kept, ended))
    list(theirs.select_for_update(no_key=True, of=("self",)).order_by("event_id", "pk"))
    places = EventPlaces.objects.filter(event__registrations__in=theirs.values("pk"))
    rows = EventPlaces.objects.filter(pk__in=places.values("pk")).select_for_update(no_key=True)
    list(rows.order_by("event_id"))


def pairs(kept: Member, ended: Member) -> Iterator[tuple[Registration | None, Registration | None]]:
    """Yield what each has in an event, by event. One query."""
    theirs = Registration.objects.filter(member__in=(kept, ended)).select_related("event")
    by_event: dict[int, dict[int, Registration]] = {}
    for one in theirs.order_by("event__first_day", "event_id"):
        by_event.setdefault(one.event_id, {})[one.member_id] = one
    for found in by_event.values():
        yield found.get(kept.pk), found.get(ended.pk)


def better(one: Registration | None, other: Registration | None) -> Registration:
    """Return the one of both that has the better status, and of two alike the earlier."""
    both = [each for each in (one, other) if each is not None]
    return min(both, key=lambda each: (ORDER.index(Status(each.status)), each.ticket or 0, each.created_at))


def look(kept: Member, ended: Member) -> Iterator[Line]:
    """Say what becomes of each registration, and of hosting."""
    for mine, other in pairs(kept, ended):
        best = better(mine, other)
        said = str(best.get_status_display()).lower()
        if mine is not None and other is not None and best.status != Status.CANCELLED:
            said += f", as with {ended.email if best == other else kept.email}"
            if min(mine.status, other.status, key=_rank) != max(mine.status, other.status, key=_rank):
                said += "; the other registration ends"
            elif mine.status == other.status:
                said += "; the other one ends, and what it held goes to who waits"
        yield Line(f"Registration: {best.event}", f"{said[:1].upper()}{said[1:]}.")
    # Said whether there are any or not: not everybody may know that somebody told needs.
    yield Line("Access needs", NEEDS)
    hosted = Contributor.objects.filter(Q(member=ended) | Q(member=None, email__lower=ended.email.lower()))
    for one in hosted.order_by("name", "pk"):
        yield Line("Also", f"What is hosted as {one.name} is hosted with the account that stays.")


def merge(kept: Member, ended: Member, *, by: By, at: datetime) -> list[Afterwards]:
    """Let the account that stays have what both had; return what is to be served afterwards."""
    afterwards: list[Afterwards] = []
    for mine, other in list(pairs(kept, ended)):
        if other is None:
            continue
        if mine is None:
            Registration.objects.filter(pk=other.pk).update(member=kept)
            other.member = kept
            trail.record(other, Did.REGISTRATION_MERGED, by=by, at=at)
        else:
            _merge_needs(mine, other, by, at)
            _merge_two(mine, other, by, at)
            afterwards.append(partial(registering.serve, mine.event_id, at=at))
    _keep_needs(kept, ended)
    _take_hosting(kept, ended, at)
    if kept.is_member:  # with this account or the other: what waited for that is confirmed
        approval.approve_received(kept, by=by, at=at)
    return afterwards


def _merge_two(mine: Registration, other: Registration, by: By, at: datetime) -> None:
    """Keep the row of the account that stays, with what the better one has; the other frees what it held."""
    best = better(mine, other)
    worse = other if best == mine else mine
    if worse.status in (Status.CONFIRMED, Status.WAITING):
        places = registering.locked_places(mine.event_id)
        if worse.status == Status.CONFIRMED:
            places.give_back()
        else:
            places.leave_line()
        places.save_counters()
    if mine.hosts_see_work and not other.hosts_see_work:
        Registration.objects.filter(pk=mine.pk).update(hosts_see_work=False)
    if best == other:
        mine.ticket, mine.code_of_conduct_accepted_at = other.ticket, other.code_of_conduct_accepted_at
        registering.become(mine, other.status, at)
        trail.record(mine, Did.REGISTRATION_MERGED, by=by, at=at)
    if other.status != Status.CANCELLED:
        other.ticket = None
        registering.become(other, Status.CANCELLED, at)
        trail.record(other, Did.REGISTRATION_MERGED_AWAY, by=by, at=at)


def _merge_needs(mine: Registration, other: Registration, by: By, at: datetime) -> None:
    """Keep each need of either once; where both told it hosts may know it if both said so.

    An answer that had not been emailed yet is owed to the account that stays. Raises ``MergeRefused``.
    """
    same = NeedToStop.objects.filter(registration=mine).values("kind")
    NeedToStop.objects.filter(registration=other).exclude(kind__in=same).update(registration=mine)
    told = AccessNeeds.objects.filter(pk=other.pk).first()
    if told is None:
        _take_back_stops(mine, at)
        return
    mine_told, _ = AccessNeeds.objects.get_or_create(registration=mine)
    had = {one.kind: one for one in mine_told.cases.all()}
    for case in told.cases.all():
        if (twin := had.get(case.kind)) is None:
            case.told = mine_told
            case.save(update_fields=["told"])
        else:
            _merge_case(twin, case, at)
    _take_back_stops(mine, at)
    mine_told.save()
    trail.record(mine, Did.NEEDS_KEPT, by=by, at=at)
    if mine_told.cases.filter(state__in=AccessNeed.ANSWERED, answer_sent_at=None).exists():
        need_cases.owe_answer(mine, at)
    AccessNeeds.objects.filter(pk=told.pk).delete()


def _take_back_stops(mine: Registration, at: datetime) -> None:
    """Stop nothing that was withdrawn with one and is needed with the other; who has it, checks it again."""
    for case in AccessNeed.objects.filter(told__registration=mine):
        if need_withdrawals.take_back(mine, case.kind) and case.state == AccessNeed.State.NEW:
            AccessNeed.objects.filter(pk=case.pk).update(rearranged_at=at)


def _merge_case(mine: AccessNeed, other: AccessNeed, at: datetime) -> None:
    """Make one of two: new again where words were added, else as far as the one that was further."""
    if mine.words.strip() != other.words.strip():
        if mine.was_arranged or other.was_arranged:
            mine.rearranged_at = at
        mine.words = f"{mine.words}\n\n{other.words}".strip()
        if len(mine.words) > MAX_WORDS_CHARS:
            raise MergeRefused("Their access needs with both are too long to be kept as one.")
        mine.state, mine.instead, mine.answer_sent_at, mine.was_met = AccessNeed.State.NEW, "", None, None
        mine.state_changed_at = at
    elif FURTHER.index(AccessNeed.State(other.state)) > FURTHER.index(AccessNeed.State(mine.state)):
        for name in ("state", "instead", "answer_sent_at", "was_met", "state_changed_at", "owner_id"):
            setattr(mine, name, getattr(other, name))
    mine.asked_at = min(mine.asked_at, other.asked_at)
    mine.is_shared_with_hosts = mine.is_shared_with_hosts and other.is_shared_with_hosts
    mine.version += 1
    mine.save()


def _keep_needs(kept: Member, ended: Member) -> None:
    """Keep what they keep for their next registration, of a kind the one of the account that stays."""
    both = KeptNeed.objects.filter(member=kept).values("kind")
    KeptNeed.objects.filter(member=ended, kind__in=both).delete()
    KeptNeed.objects.filter(member=ended).update(member=kept)


def _take_hosting(kept: Member, ended: Member, at: datetime) -> None:
    theirs = Contributor.objects.filter(Q(member=ended) | Q(member=None, email__lower=ended.email.lower()))
    events = list(Event.objects.filter(sessions__contributors__in=theirs).distinct().order_by("pk"))
    Contributor.objects.filter(member=ended).update(member=kept, changed_at=at)
    keep_hosting(kept, ended.email, at=at)
    for event in events:
        raise_version(event.pk)


def _rank(status: str) -> int:
    return ORDER.index(Status(status))
