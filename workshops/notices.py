"""Owing people a letter about their places: one function per cause, each puts rows into the outbox.

The agenda mail waits until they stop changing things (two minutes, at most ten); all others carry
their cause in the key, so that it is told once. What others do for somebody whose approval can still be
taken back is told once it stands. ``letters`` render them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count

from common import prepared
from events import stand_ins
from events.models import Contributor, Registration, Session
from members.membership import letters_wait
from notifications import outbox
from notifications.outbox import MessageRow
from workshops.models import Booking

AGENDA_DEBOUNCE = timedelta(minutes=2)
AGENDA_MAX_DELAY = timedelta(minutes=10)
#: Whoever keeps a turn counts on the session too.
TOLD_OF_CHANGES = (
    Booking.Status.BOOKED,
    Booking.Status.CONTESTED,
    Booking.Status.WAITING,
    Booking.Status.OFFERED,
    Booking.Status.PASSED,
)


def agenda_key(registration: Registration) -> str:
    """Return the key of the agenda mail that waits until nothing changes any more."""
    return f"agenda:{registration.pk}"


def agenda_update(registration: Registration, at: datetime) -> dict[str, Any]:
    """Return what ``outbox.UPSERT`` is to put: an agenda mail, once they have stopped changing things.

    For acts that write it together with what it is about; it waits until their approval stands.
    """
    return outbox.debounced(
        "agenda",
        MessageRow(
            agenda_key(registration), registration.member_id, payload={"registration": registration.pk}
        ),
        at=at,
        delay=max(AGENDA_DEBOUNCE, letters_wait(registration.member, at=at)),
        at_most=AGENDA_MAX_DELAY,
    )


def queue_agenda_update(registration: Registration, at: datetime) -> None:
    """Owe them an agenda mail, once they have stopped changing things and their approval stands."""
    with connection.cursor() as cursor:
        prepared.execute(cursor, outbox.UPSERT, agenda_update(registration, at))


def queue_agenda(registration: Registration, at: datetime) -> None:
    """Owe them the agenda as it is, now, because they asked for it; at most one a minute."""
    outbox.enqueue(
        "agenda",
        at=at,
        member=registration.member,
        payload={"registration": registration.pk, "asked_for": True},
        key=f"agenda-asked-for:{registration.pk}:{at:%Y%m%d%H%M}",
    )


def queue_place_given(booking: Booking, at: datetime) -> None:
    """Tell them that a place has come free and is theirs."""
    _about_place("place-given", booking, at)


def queue_place_offered(booking: Booking, at: datetime) -> None:
    """Tell them that a place is held for them, and until when."""
    _about_place("place-offered", booking, at, not_after=booking.expires_at)


def renew_place_offered(booking: Booking, at: datetime) -> None:
    """Tell them that a place is held for them longer; not also what is still to go about it."""
    outbox.cancel_queued(["place-offered"], key=_place_key("place-offered", booking))
    _about_place("place-offered", booking, at, not_after=booking.expires_at, is_renewed=True)


def cancel_place_news(registration: Registration, booked: Iterable[Booking]) -> None:
    """Owe them nothing any more about what was booked for them and is undone."""
    outbox.cancel_queued(["agenda"], key=agenda_key(registration))
    for booking in booked:
        for kind in ("place-given", "place-offered"):
            outbox.cancel_queued([kind], key=_place_key(kind, booking))


def _place_key(kind: str, booking: Booking) -> str:
    return f"{kind}:{booking.pk}:"


def _about_place(
    kind: str, booking: Booking, at: datetime, *, not_after: datetime | None = None, is_renewed: bool = False
) -> None:
    delay = letters_wait(booking.member, at=at)
    outbox.enqueue(
        kind,
        at=at,
        member=booking.member,
        payload={"booking": booking.pk} | ({"renewed": True} if is_renewed else {}),
        key=f"{_place_key(kind, booking)}{at.timestamp()}",
        delay=delay if not_after is None or at + delay < not_after else timedelta(0),
        not_after=not_after,
    )


def cause_of_change(session: Session) -> tuple[str, str]:
    """Return the kind of the letters about the last change of a session, and how their keys begin."""
    kind = "session-cancelled" if session.status == Session.Status.CANCELLED else "session-changed"
    return kind, f"{kind}:{session.pk}:{session.sequence}"


def queue_session_changed(
    session: Session,
    old: Session,
    at: datetime,
    *,
    delay: timedelta = timedelta(0),
    but: Collection[int] = (),
) -> None:
    """Tell everyone booked, waiting or hosting that a session has moved or is cancelled, after ``delay``.

    ``but`` are the registrations that are told by ``queue_moves`` of all that moves with it.
    """
    kind, cause = cause_of_change(session)
    payload: dict[str, Any] = {"session": session.pk, "was_room": old.room}
    if old.starts_at and old.ends_at:
        payload |= {"was_starts_at": old.starts_at.isoformat(), "was_ends_at": old.ends_at.isoformat()}
    people = Booking.objects.filter(session=session, status__in=TOLD_OF_CHANGES).values_list(
        "registration_id", "member_id"
    )
    outbox.enqueue_many(
        kind,
        (
            MessageRow(
                f"{cause}:{registration}", member_id=member, payload=payload | {"registration": registration}
            )
            for registration, member in people
            if registration not in but
        ),
        at=at,
        delay=delay,
    )
    outbox.enqueue_many(kind, _hosts(session, cause, payload), at=at, delay=delay)


def told_together(session_ids: Collection[int]) -> list[Registration]:
    """Return who counts on several of these sessions, and is told of their moves in one letter. One query."""
    theirs = Booking.objects.filter(session__in=session_ids, status__in=TOLD_OF_CHANGES)
    several = theirs.values("registration").annotate(number=Count("pk")).filter(number__gt=1)
    found = Registration.objects.filter(pk__in=several.values("registration")).select_related("member")
    return list(found.order_by("pk"))


def queue_moves(registrations: Iterable[Registration], at: datetime) -> None:
    """Tell each in one letter what has moved: their agenda says what changed since they were told of it."""
    for registration in registrations:
        queue_agenda_update(registration, at)


def letters_of_moves(session_ids: Collection[int]) -> int:
    """Return how many letters moving these sessions together would owe now. Three queries."""
    theirs = Booking.objects.filter(session__in=session_ids, status__in=TOLD_OF_CHANGES)
    hosts = Contributor.objects.filter(sessions__in=session_ids).exclude(member=None, email="")
    stand_in = len(stand_ins.of(session_ids))
    return theirs.values("registration").distinct().count() + hosts.count() + stand_in


def people_told(session: Session) -> int:
    """Return how many people a change of the session would mail now."""
    booked = Booking.objects.filter(session=session, status__in=TOLD_OF_CHANGES).count()
    return booked + sum(1 for _ in _hosts(session, "", {}))


def people_told_by_session(session_ids: Sequence[int]) -> Counter[int]:
    """Return how many people a change of each of these sessions would mail now, by session. Three queries."""
    booked = Booking.objects.filter(session__in=session_ids, status__in=TOLD_OF_CHANGES)
    hosts = Contributor.objects.filter(sessions__in=session_ids).exclude(member=None, email="")
    return (
        Counter(booked.values_list("session_id", flat=True))
        + Counter(hosts.values_list("sessions", flat=True))
        + Counter(session for session, _ in stand_ins.of(session_ids))
    )


def _hosts(session: Session, cause: str, payload: dict[str, Any]) -> Iterator[MessageRow]:
    for contributor in Contributor.objects.filter(sessions=session):
        if contributor.member_id or contributor.email:
            yield _host(contributor, cause, payload)
    for _, contributor in stand_ins.of([session.pk]):
        yield _host(contributor, cause, payload | {"stands_in": True})


def _host(contributor: Contributor, cause: str, payload: dict[str, Any]) -> MessageRow:
    return MessageRow(
        f"{cause}:host:{contributor.pk}",
        member_id=contributor.member_id,
        email="" if contributor.member_id else contributor.email,
        payload=payload | {"contributor": contributor.pk},
    )
