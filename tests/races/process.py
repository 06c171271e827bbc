"""The other process of a race: ``python -m tests.races.process ACT ARGUMENT``.

Says when it is ready, waits for a line, acts, and says what became of it, as JSON.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qevent.settings")
django.setup()

from django.db import connection  # noqa: E402  # models can be imported after setup() only

from events.models import Registration, Session  # noqa: E402
from members import membership  # noqa: E402
from members.models import Member  # noqa: E402
from team.announcements import sending  # noqa: E402
from team.models import Announcement  # noqa: E402
from tests.found import found  # noqa: E402
from tests.make import BY, NOW  # noqa: E402
from tests.races.everything import Everything  # noqa: E402
from tests.races.together import together  # noqa: E402
from workshops.models import Booking  # noqa: E402
from workshops.places import booking, last_minutes, waiting_list  # noqa: E402


def say(what: Any) -> None:
    """Tell the test."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def book(argument: dict[str, Any]) -> list[str]:
    """Book one session for many registrations, by eight threads."""
    session = Session.objects.get(pk=argument["session"])
    registrations = [Registration(pk=pk) for pk in argument["registrations"]]

    made = together(*(partial(booking.book, session, one, by=BY, at=NOW) for one in registrations), threads=8)
    return [getattr(what, "status", type(what).__name__) for what in made]


def take(argument: dict[str, Any]) -> list[str]:
    """Take what is free in the last half hour for many registrations, by six threads."""
    session = Session.objects.get(pk=argument["session"])
    at = found(session.starts_at) - timedelta(minutes=argument["minutes"])
    registrations = [Registration(pk=pk) for pk in argument["registrations"]]

    made = together(
        *(partial(last_minutes.take, session, one, by=BY, at=at) for one in registrations), threads=6
    )
    return [getattr(what, "status", type(what).__name__) for what in made]


def cancel(bookings: list[int]) -> list[str]:
    """Cancel some bookings, all at once."""
    rows = [Booking.objects.get(pk=pk) for pk in bookings]
    return [row.status for row in together(*(partial(booking.cancel, row, by=BY, at=NOW) for row in rows))]


def cancel_and_die(pk: int) -> None:
    """Cancel, and die at the moment at which the freed place would be served."""

    def die(session_id: int, *, at: datetime) -> int:
        say("committed")
        return len(sys.stdin.readline())

    waiting_list.serve = die
    booking.cancel(Booking.objects.get(pk=pk), by=BY, at=NOW)


def approve_and_die(argument: dict[str, Any]) -> None:
    """Approve a member, and die before a function is called for the nth time."""
    _die_before(argument)
    membership.approve(Member.objects.get(pk=argument["member"]), by=BY, at=NOW)


def take_back_and_die(argument: dict[str, Any]) -> None:
    """Take an approval back, and die before a function is called for the nth time."""
    _die_before(argument)
    member = Member.objects.get(pk=argument["member"])
    membership.take_back_approval(
        member, by=Member.objects.get(pk=argument["by"]), at=NOW + timedelta(minutes=2)
    )


def announce(argument: dict[str, Any]) -> bool:
    """Press: it goes out; then write it, as the workers of each process do."""
    told = Announcement.objects.get(pk=argument["announcement"])
    by = Member.objects.get(pk=argument["by"])
    is_first = sending.send(told, seen=argument["seen"], by=by, at=NOW)
    sending.write_due(clock=lambda: NOW)
    return is_first


def announce_and_die(argument: dict[str, Any]) -> None:
    """Write the emails of what goes out, in batches, and die before a function is called for the nth time."""
    _die_before(argument)
    while sending.write_batch(argument["announcement"], at=NOW, size=argument["size"]):
        pass


def _die_before(argument: dict[str, Any]) -> None:
    module, _, name = argument["before"].rpartition(".")
    holder = sys.modules[module]
    function, calls = getattr(holder, name), count(1)

    def die(*args: Any, **kwargs: Any) -> Any:
        if next(calls) < argument["call"]:
            return function(*args, **kwargs)
        say("reached")
        return sys.stdin.readline()

    setattr(holder, name, die)


def everything(argument: dict[str, Any]) -> dict[str, int]:
    """Do acts upon places that are drawn by chance."""
    return Everything(argument["seed"], argument["people"], argument["sessions"]).run(argument["acts"])


def sweep(times: int) -> int:
    """Sweep, again and again."""
    return sum(waiting_list.sweep(at=NOW) for _ in range(times))


if __name__ == "__main__":
    acts: dict[str, Callable[[Any], object]] = {
        "book": book,
        "take": take,
        "cancel": cancel,
        "cancel_and_die": cancel_and_die,
        "sweep": sweep,
    }
    acts |= {"announce": announce, "announce_and_die": announce_and_die, "everything": everything}
    acts |= {"approve_and_die": approve_and_die, "take_back_and_die": take_back_and_die}
    connection.ensure_connection()
    say("ready")
    sys.stdin.readline()
    say(acts[sys.argv[1]](json.loads(sys.argv[2])))
