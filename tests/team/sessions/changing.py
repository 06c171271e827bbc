"""What somebody types into the form that changes a session, and what its page then says."""

import re
from typing import Any

from events.models import Session
from tests.found import found


def at(session: Session) -> dict[str, str]:
    """The fields that say when, in the event's time, with the times of ``session``."""
    sent: dict[str, str] = {}
    for name in ("starts_at", "ends_at"):
        moment = getattr(session, name).astimezone(session.zone)
        sent |= {f"{name}_0": f"{moment:%Y-%m-%d}", f"{name}_1": f"{moment:%H:%M}"}
    return sent


def typed(session: Session) -> dict[str, str]:
    """All fields as the form shows them."""
    capacity = session.workshop.capacity
    return at(session) | {"room": session.room, "places": "" if capacity is None else str(capacity)}


def seen(page: Any) -> str:
    """The number of what a page says that saving does."""
    return found(re.search(r'name="seen" value="([\w ]+)"', page.text))[1]
