"""Forms of the last half hour before a session: a place that is free for those in line."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from live import attendance
from tests import make
from tests.contracts import people
from tests.contracts.pages import live
from tests.make import BY, NOW
from tests.workshops.places.state import crowd
from workshops.models import Booking
from workshops.places import booking

AGENDA = "/events/2026/agenda/"


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def free_to_take() -> Any:
        made = world()
        event, soon = made.session.event, NOW + timedelta(minutes=20)
        times: dict[str, Any] = {"starts_at": soon, "ends_at": soon + timedelta(hours=1)}
        full, other = make.workshop(event, capacity=1, slug="soon", **times), make.workshop(event, **times)
        crowd(event, full, 1)
        theirs = made.ada.registrations.get()
        booking.book(full, theirs, by=BY, at=NOW - timedelta(days=1))
        booking.cancel(Booking.objects.booked().get(session=full), by=BY, at=NOW)
        booking.book(other, theirs, by=BY, at=NOW)
        return scene(made, people.reader(made.ada), made.ada, [AGENDA, f"{AGENDA}soon/take/"])

    def on_now() -> Any:
        made = world()
        live.put(timedelta(minutes=-30))
        return scene(made, people.reader(made.ada), made.ada, [live.NOW_PAGE, *live.LEADING])

    def said_they_were_there() -> Any:
        made = world()
        live.put(timedelta(minutes=-30))
        made.session.refresh_from_db()
        attendance.say(made.ada.registrations.get(), made.session, at=NOW, by=BY)
        return scene(made, people.reader(made.ada), made.ada, [live.NOW_PAGE])

    return {
        "a place is free to take": free_to_take,
        "on the day": on_now,
        "said they were there": said_they_were_there,
    }
