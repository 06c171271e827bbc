"""What a host has read of somebody's needs is there no more, or has changed: hosts are told to look again.

Nothing in the letter says who, or what: it leads to the host's own page, where what is needed now stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from audit import trail
from audit.confidential import Why
from events.models import Contributor, Registration, Session, SessionContributor
from events.need_cases import AT_MOST, WAITS
from hosting import access
from hosting.models import Deputy
from notifications import outbox
from workshops.models import Booking

KIND: Final = "host-needs-changed"


def tell(registration: Registration, *, since: datetime, at: datetime) -> None:
    """Owe it to those who agreed and host, or stand in, where this person comes, if what changed was seen.

    By a host since then, or by the team for one. Several changes are one letter.
    """
    if not trail.is_recorded(registration, since=since, why=Why.FOR_THE_HOST.value):
        return
    booked = Booking.objects.with_place().filter(registration=registration)
    sessions = Session.objects.filter(pk__in=booked.values("session"), starts_at__gt=at)
    for one, session in _hosts(list(sessions), registration):
        outbox.enqueue(
            KIND,
            at=at,
            key=f"{KIND}:{registration.event_id}:{one.pk}",
            payload={"event": registration.event_id, "contributor": one.pk, f"session-{session}": session},
            delay=WAITS,
            at_most=AT_MOST,
            **access.to(one),
        )


def sessions_of(payload: Mapping[str, Any]) -> set[int]:
    """Return the sessions that a letter is about."""
    return {value for name, value in payload.items() if name.startswith("session-")}


def _hosts(sessions: Sequence[Session], registration: Registration) -> Iterator[tuple[Contributor, int]]:
    """Yield who hosts these or stands in there, has agreed and has an address, each with the session."""
    host = SessionContributor.Part.HOST
    links = SessionContributor.objects.filter(session__in=sessions, part=host)
    theirs = [(one.contributor_id, one.session_id) for one in links]
    deputies = Deputy.objects.filter(of__in=links).values_list("contributor", "of__session")
    agreed = access.agreed_hosts(registration.event)
    every = {(pk, session) for pk, session in [*theirs, *deputies] if pk in agreed}
    found = access.with_address().in_bulk({pk for pk, _ in every})
    for pk, session in sorted(every):
        if access.address_of(found[pk]):
            yield found[pk], session
