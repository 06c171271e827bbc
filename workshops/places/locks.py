"""Row locks in their one order: registration, then workshops by id.

``no_key`` because a plain FOR UPDATE would block every insert that points at the row.
"""

from collections.abc import Iterable

from events.models import Registration
from workshops.models import Workshop
from workshops.places.refusals import NothingToBook


def locked_registration(pk: int) -> Registration:
    """Lock a registration and return it as it is now."""
    registrations = Registration.objects.select_for_update(no_key=True, of=("self",))
    return registrations.select_related("member").get(pk=pk)


def locked_workshop(session_id: int) -> Workshop:
    """Lock the places of a session and return them as they are now.

    Raises ``NothingToBook`` where they have been taken away: the session is open to all now.
    """
    workshop = Workshop.objects.select_for_update(no_key=True).filter(session_id=session_id).first()
    if workshop is None:
        raise NothingToBook("This session has no places to book.")
    return workshop


def locked_workshops(session_ids: Iterable[int]) -> dict[int, Workshop]:
    """Lock the places of several sessions, by id, and return them by session id."""
    rows = Workshop.objects.select_for_update(no_key=True).filter(session_id__in=set(session_ids))
    return {row.session_id: row for row in rows.order_by("session_id")}
