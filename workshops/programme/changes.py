"""Changing the programme: times, rooms, places, publishing and cancelling sessions.

A change goes through ``save_session`` (or ``save_sessions``, for an import: all or nothing), whoever
makes it. Times are written to the workshop and its bookings under the workshop's lock; where a move makes
booked people clash, both places stay theirs and they decide (``places.contested``). Cancelling a session ends
its bookings.
Whoever is booked, waiting or hosting is told of a new time, a new room or the end of it, in the same
transaction. That a session is cancelled is told ten minutes later, until when it can be brought back
(``cancelling``); within two hours of its start at once.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, connection
from django.db.models import prefetch_related_objects

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import TRIES, after_commit, retried, violates
from common.words import counted
from events.models import Session, SessionContributor
from events.models.session import FILM_OR_TIME
from events.programme.cache_version import raise_version
from workshops import notices
from workshops.models import NO_OVERLAP, Booking, Workshop
from workshops.places import choices, contested, counters, waiting_list
from workshops.places.counters import locked_workshops
from workshops.places.deadlines import offer_deadline
from workshops.places.eligibility import host_members
from workshops.programme import telling_later

Status = Booking.Status
#: Members who had a time taken up, and that time, now free of it.
Freed = tuple[list[int], waiting_list.Span]
#: What those who come must be told of, and their calendars must follow.
TOLD = ("starts_at", "ends_at", "room", "status")


class ProgrammeRefused(Exception):
    """An expected no; ``str()`` is the sentence for the editor."""


class MoveWouldClash(ProgrammeRefused):
    """Booked people would have two sessions at once and no time to decide; ``people`` says how many."""

    def __init__(self, people: int) -> None:
        who = counted(people, "%(count)s person has", "%(count)s people have")
        super().__init__(
            f"{who} booked another session at that time, and both have begun, so they could not choose which "
            "to keep. Choose a time to come, or telephone them and give up one of the two places first."
        )
        self.people = people


class SessionHasBookings(ProgrammeRefused):
    """Somebody has booked, waits or holds an offer: the session must be cancelled instead."""

    def __init__(self, people: int) -> None:
        who = counted(
            people, "%(count)s person has a place or waits", "%(count)s people have a place or wait"
        )
        super().__init__(f"{who} for one. Cancel the session instead.")
        self.people = people


class SessionIsOver(ProgrammeRefused):
    """It took place: those who were there keep that they were."""

    def __init__(self) -> None:
        super().__init__("It is over, so it cannot be cancelled: those who had a place were there.")


class FilmWithATime(ProgrammeRefused):
    """It is itself a video, which is watched at any time."""

    def __init__(self) -> None:
        super().__init__(FILM_OR_TIME)


class NotToldYet(ProgrammeRefused):
    """It was cancelled just now: publishing it would lose everybody's place."""

    def __init__(self) -> None:
        super().__init__(
            "It was cancelled within the last ten minutes, and nobody is told yet. Press “Bring it back” on "
            "the team’s page of the session: then everybody has their place again."
        )


def save_session(session: Session, *, by: By, at: datetime) -> None:
    """Save one session with everything that follows from it; see ``save_sessions``."""
    save_sessions([session], by=by, at=at)


def save_sessions(sessions: Sequence[Session], *, by: By, at: datetime) -> None:
    """Save new or changed sessions, all or none, with everything that follows.

    Raises ``MoveWouldClash`` and ``SessionHasBookings``; nothing is saved then.
    """
    for session_id in write_sessions(sessions, by=by, at=at):
        after_commit(partial(waiting_list.serve, session_id, at=at))


def write_sessions(sessions: Sequence[Session], *, by: By, at: datetime) -> list[int]:
    """Do what ``save_sessions`` does but the serving; for acts that do more in the same transaction.

    Returns the ids of the sessions to ``serve`` once it is committed.
    """
    for attempt in range(1, TRIES + 1):
        try:
            moved, freed = _write_all(sessions, by, at)
            break
        except IntegrityError as error:
            if not violates(error, NO_OVERLAP) or attempt == TRIES:
                raise  # else a place at the new time was booked meanwhile; the next look sees it
    for members, during in freed:
        after_commit(partial(waiting_list.wait_again, members, during, at=at))
    return moved


@retried
def _write_all(sessions: Sequence[Session], by: By, at: datetime) -> tuple[list[int], list[Freed]]:
    """Return the ids of the sessions whose line may move now, and who has time that they had not."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {NO_OVERLAP} DEFERRED")
    prefetch_related_objects(sessions, "event")
    check_films(sessions)
    olds = locked_sessions(session.pk for session in sessions if session.pk)
    workshops = locked_workshops(olds)
    freed = [_freed(olds[session.pk]) for session in sessions if _frees(session, olds.get(session.pk), at)]
    acts = [_act(session, olds.get(session.pk)) for session in sessions]
    together = notices.told_together([one.pk for one in sessions if _is_a_move(one, olds.get(one.pk))])
    but = {one.pk for one in together}
    changed = [_save(session, olds.get(session.pk), workshops, by, at, but) for session in sessions]
    notices.queue_moves(together, at)
    trail.record_all(
        trail.entry(session, act, by=by, at=at, **facts)
        for session, (act, facts) in zip(sessions, acts, strict=True)
    )
    moved = [session.pk for session, is_moved in zip(sessions, changed, strict=True) if is_moved]
    if late := contested.contest(moved, by=by, at=at):
        raise MoveWouldClash(late)
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {NO_OVERLAP} IMMEDIATE")
    for event_id in sorted({session.event_id for session in sessions}):
        raise_version(event_id)
    return moved, freed


def check_films(sessions: Iterable[Session]) -> None:
    """Refuse what has a time and a video of its own: a recording waits for its hosts, and to be read."""
    if any(one.is_live and one.has_film for one in sessions):
        raise FilmWithATime


def _is_a_move(session: Session, old: Session | None) -> bool:
    """Whether those who come are told of another time or room, and nothing else."""
    if old is None or not (old.is_published and session.is_published):
        return False
    return any(getattr(old, name) != getattr(session, name) for name in TOLD)


def _frees(session: Session, old: Session | None, at: datetime) -> bool:
    """Whether the time of ``old`` is given up by saving ``session``, for certain."""
    if old is None or not (old.is_published and old.is_live):
        return False
    if session.status == Session.Status.CANCELLED and telling_later.told_after(session, at):
        return False  # once it is told: ``cancelling.settle``
    same = (session.starts_at, session.ends_at) == (old.starts_at, old.ends_at)
    return not (session.is_published and same)


def _act(session: Session, old: Session | None) -> tuple[Act, dict[str, list[str]]]:
    """Return what saving the session is, and which of its fields it changes."""
    facts = {"fields": trail.changes(old, session)}
    if old is None:
        return Act.SESSION_ADDED, {}
    if old.status != session.status and session.status == Session.Status.CANCELLED:
        return Act.SESSION_CANCELLED, facts
    if old.status != session.status and session.is_published:
        return Act.SESSION_PUBLISHED, facts
    return Act.SESSION_CHANGED, facts


def _freed(old: Session) -> Freed:
    booked = Booking.objects.with_place().filter(session=old).values_list("member_id", flat=True)
    return [*booked, *host_members(old)], (old.starts_at, old.ends_at)


def locked_sessions(pks: Iterable[int]) -> dict[int, Session]:
    """Lock sessions until the transaction ends, by order of id; return them as they are now, id → session."""
    rows = Session.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(pks))
    return {row.pk: row for row in rows.order_by("pk")}


def _save(
    session: Session,
    old: Session | None,
    workshops: dict[int, Workshop],
    by: By,
    at: datetime,
    but: Collection[int],
) -> bool:
    """Save one session under its locks; return whether its time has moved.

    ``but`` are the registrations that are told of all moves together.
    """
    workshop = workshops.get(session.pk)
    changed = [name for name in TOLD if old is not None and getattr(old, name) != getattr(session, name)]
    if old is not None:
        session.sequence = old.sequence + (1 if changed and old.status != Session.Status.DRAFT else 0)
    if old is None or not {"starts_at", "ends_at"}.isdisjoint(changed):
        session.note_offsets()
    is_cancelled = session.status == Session.Status.CANCELLED
    _take_place_again(session, old)
    if old is not None and changed and old.is_published:
        _check_withdrawal(session, old, at)
        delay = telling_later.told_after(session, at) if is_cancelled else timedelta(0)
        notices.queue_session_changed(session, old, at, delay=delay, but=but)
    session.save()
    if old is not None and old.is_published and is_cancelled:
        telling_later.note(session, at)
    if workshop is None:
        return False
    if not session.is_live:
        choices.drop(session, by=by, at=at)
        workshop.delete()
        return False
    is_moved = "starts_at" in changed or "ends_at" in changed
    if session.status == Session.Status.CANCELLED:
        _end_bookings(workshop, by, at)
    elif is_moved:
        _move(session, workshop, by, at)
    workshop.is_open = session.is_published
    workshop.save(update_fields=["is_open", "during", "line"])
    return is_moved and session.is_published


def _take_place_again(session: Session, old: Session | None) -> None:
    """Forget that it was cancelled, if it was and is no more. Raises ``NotToldYet``."""
    cancelled = Session.Status.CANCELLED
    if old is None or old.status != cancelled or session.status == cancelled:
        return
    if telling_later.has_people(session):
        raise NotToldYet
    telling_later.forget(session)


def _check_withdrawal(session: Session, old: Session, at: datetime) -> None:
    """Refuse to hide a session, or to take its time away, from people who count on it or were there."""
    if session.status == Session.Status.CANCELLED and old.has_ended(at):
        raise SessionIsOver
    if session.status == Session.Status.CANCELLED or (session.is_published and session.is_live):
        return
    people = Booking.objects.live().filter(session=session).exclude(status=Status.CHOSEN).count()
    if people:
        raise SessionHasBookings(people)


def _move(session: Session, workshop: Workshop, by: By, at: datetime) -> None:
    """Write the new time to the workshop and its bookings; who was passed for the old time waits again.

    An offer is held no longer than it would be if it were made now.
    """
    workshop.during = (session.starts_at, session.ends_at)
    live = Booking.objects.live().filter(session=session)
    live.update(during=workshop.during)
    if session.starts_at is not None:
        latest = offer_deadline(at, session.starts_at, session.event.zone)
        live.filter(status=Status.OFFERED, expires_at__gt=latest).update(expires_at=latest)
    passed = list(live.filter(status=Status.PASSED))
    workshop.line += live.filter(status=Status.PASSED).update(status=Status.WAITING, status_changed_at=at)
    trail.record_all(trail.entry(one, Act.REJOINED_LINE, by=by, at=at) for one in passed)


def _end_bookings(workshop: Workshop, by: By, at: datetime) -> None:
    for live in Booking.objects.live().filter(session_id=workshop.session_id):
        counters.release(live, workshop, by=by, at=at, ended=Booking.Ended.SESSION)


def write_quietly(
    sessions: Sequence[Session], fields: Sequence[str], *, by: By, at: datetime
) -> list[Session]:
    """Write those of the changed sessions of whose change nobody is told, and return the others.

    Nobody has booked, chosen or waits for them, and no host can be reached or they are drafts: what
    ``write_sessions`` does for each then comes to the same. Eight queries, in the caller's transaction.
    """
    check_films(sessions)
    pks = [session.pk for session in sessions]
    workshops = locked_workshops(pks)
    busy = {*Booking.objects.live().filter(session_id__in=pks).values_list("session_id", flat=True)}
    olds = dict(Session.objects.filter(pk__in=pks).values_list("pk", "status"))
    links = SessionContributor.objects.filter(session_id__in=pks)
    reached = links.exclude(contributor__email="", contributor__member=None)
    hosted = {pk for pk in reached.values_list("session_id", flat=True) if olds[pk] != Session.Status.DRAFT}
    quiet = [one for one in sessions if one.pk not in busy | hosted and one.status != one.Status.CANCELLED]
    for session in quiet:
        session.sequence += olds[session.pk] != Session.Status.DRAFT
        session.changed_at = at
    Session.objects.bulk_update(quiet, [*fields, "sequence", "changed_at"], batch_size=500)
    places = [workshops[session.pk] for session in quiet if session.pk in workshops and session.is_live]
    times = {session.pk: session for session in quiet}
    for workshop in places:
        session = times[workshop.session_id]
        workshop.during, workshop.is_open = (session.starts_at, session.ends_at), session.is_published
    Workshop.objects.bulk_update(places, ["during", "is_open"], batch_size=500)
    Workshop.objects.filter(session__in=[session for session in quiet if not session.is_live]).delete()
    trail.record_all(trail.entry(one, _quiet_act(one, olds[one.pk]), by=by, at=at) for one in quiet)
    return [session for session in sessions if session.pk not in times]


def _quiet_act(session: Session, status: str) -> Act:
    """Return what saving a session is that had this status."""
    was_published = status == session.status or not session.is_published
    return Act.SESSION_CHANGED if was_published else Act.SESSION_PUBLISHED
