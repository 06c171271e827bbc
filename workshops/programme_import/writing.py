"""Writing what was planned: new sessions in bulk, what people are told of by the rules of the programme."""

from collections.abc import Sequence
from datetime import datetime

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.spreadsheets.tables import refused
from events.models import Session
from events.places import CapacityBelowTaken
from events.programme.cache_version import raise_version
from workshops.programme import capacity, changes
from workshops.programme_import.hosts_and_themes import People, Themes
from workshops.programme_import.plan import FIELDS, Plan, PlannedSession

#: Changes of these go through the rules: bookings, workshops and letters follow.
BY_THE_RULES = ("starts_at", "ends_at", "room", "status")


def write(plan: Plan, *, by: By, at: datetime) -> list[int]:
    """Do what is planned, in the caller's transaction; return the sessions whose waiting list to serve after.

    Raises ``TableRefused`` where a rule refuses.
    """
    new, changed = plan.new, plan.changed
    for one in new:
        one.session.note_offsets()
    Session.objects.bulk_create([one.session for one in new])
    trail.record_all(trail.entry(one.session, Act.SESSION_ADDED, by=by, at=at) for one in new)
    to_serve = _write_changed(changed, by, at)
    themed = [one for one in new if one.row.themes] + [one for one in changed if one.changed("theme")]
    Themes(plan.event).set_themes((one.session, one.row.themes) for one in themed)
    hosted = [one for one in new if one.row.hosts] + [one for one in changed if one.changed("hosts")]
    People(plan.event).set_hosts((one.session, one.row.hosts) for one in hosted)
    capacity.add_places({one.session: one.row.capacity for one in new if _is_booked(one)})
    to_serve += [
        _write_capacity(one, by, at) for one in changed if one.changed("capacity") and one.session.is_live
    ]
    raise_version(plan.event.pk)
    return to_serve


def _write_changed(changed: Sequence[PlannedSession], by: By, at: datetime) -> list[int]:
    told = [one.session for one in changed if one.changed(*BY_THE_RULES)]
    others = [one.session for one in changed if not one.changed(*BY_THE_RULES)]
    for session in others:
        session.changed_at = at
    Session.objects.bulk_update(others, [*FIELDS, "external_id", "changed_at"], batch_size=500)
    trail.record_all(trail.entry(session, Act.SESSION_CHANGED, by=by, at=at) for session in others)
    told = changes.write_quietly(told, [*FIELDS, "external_id", "status"], by=by, at=at) if told else []
    if not told:
        return []
    try:
        return changes.write_sessions(told, by=by, at=at)
    except changes.ProgrammeRefused as refusal:
        raise refused(str(refusal)) from refusal


def _is_booked(one: PlannedSession) -> bool:
    has_places = one.session.format in Session.BOOKED_FORMATS or one.row.capacity is not None
    return one.session.is_live and has_places


def _write_capacity(one: PlannedSession, by: By, at: datetime) -> int:
    try:
        capacity.write_capacity(one.session, one.row.capacity, by=by, at=at)
    except (CapacityBelowTaken, changes.ProgrammeRefused) as refusal:
        raise refused(str(refusal), row=one.row.number, column="capacity") from refusal
    return one.session.pk
