"""Whether anything takes longer the more years lie behind a site: booking, agenda, sweeps, the admin's lists.

    python -m bench.growth [--million]

Like ``python -m bench`` it starts its services where the environment names none, and measures in a scratch
database through Django's test client. Past events with 1,000, 10,000 and 100,000 bookings (and 1,000,000),
each with a message that was sent, are added to the site of ``bench.world``; after each step everything is
measured: processor time of Python and Postgres in milliseconds, the median of seven, and how many functions
Python calls.

Ends with status 1 where something takes more than twice as long, or calls a fifth more, after the last step
than after the first (a filter of the admin names each event).
"""

import argparse
import cProfile
import logging
import pstats
import statistics
import sys
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO

from bench import services, scratch, world  # isort: skip  # noqa: F401  # the first starts servers

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench import acts
from bench.cost import timed
from events import registration
from events.models import Event
from members.models import Member
from notifications import delivery
from tests import past
from workshops.places import choices_after_approval, waiting_list

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
ROUNDS = 7
#: How much longer something may take, and how many more functions it may call, after the last step.
MOST_LONGER, MOST_CALLS = 2.0, 1.2
#: What takes less is not told from noise.
LEAST_MS = 5.0
WIDTH = 30
Act = Callable[[], object]


def works(event: Event) -> dict[str, Callable[[], Act]]:
    """Return what is measured: each makes an act ready, which then only has to be done."""
    who = acts.people(event)
    found: dict[str, Callable[[], Act]] = {
        name: partial(_pressed, name, who)
        for name in ("book, answer in place", "give up", "join the waiting list")
    }
    busy, staff = world.logged_in("busy"), world.logged_in("staff")
    for name in ("agenda", "agenda_now"):
        found[name] = _done(partial(busy.get, reverse(f"workshops:{name}", args=[event.slug])))
    at = timezone.now()
    found |= {
        "home": _done(partial(busy.get, reverse("home"))),
        "sweep of places": _done(partial(waiting_list.sweep, at=at)),
        "sweep of promises": _done(partial(choices_after_approval.keep, at=at)),
        "sweep of registrations": _done(partial(registration.sweep, at=at)),
        "claim of a message": _done(partial(delivery.claim, at=at)),
        "messages left by the killed": _done(partial(delivery.recover, at=at)),
    }
    lists = ("workshops_booking", "notifications_message", "events_registration", "members_member")
    for name in lists:
        url = reverse(f"admin:{name}_changelist")
        found[f"admin {name}"] = _done(partial(staff.get, url))
        found[f"admin {name}, a name"] = _done(partial(staff.get, f"{url}?q=member12"))
        found[f"admin {name}, nobody"] = _done(partial(staff.get, f"{url}?q=nobody@nowhere"))
        found[f"admin {name}, all"] = _done(partial(staff.get, f"{url}?q=example.org"))
    return found


def _done(act: Act) -> Callable[[], Act]:
    return lambda: act


def _pressed(name: str, who: Iterator[acts.Person]) -> Act:
    press, before = acts.ACTS[name]
    person, client = next(who), Client()
    before(person)
    client.force_login(person.registration.member)
    client.get(reverse("account_login"))  # a client's first request loads the middleware
    return partial(press, client, person)


def measure(ready: Callable[[], Act]) -> tuple[float, int]:
    """Return the milliseconds that an act takes, and how many functions it calls."""
    ready()()
    took = statistics.median(sum(timed(ready())) for _ in range(ROUNDS))
    act, profile = ready(), cProfile.Profile()
    profile.runcall(act)
    return took, pstats.Stats(profile, stream=StringIO()).total_calls  # type: ignore[attr-defined]  # not in its types


def line(name: str, found: list[tuple[float, int]]) -> tuple[str, bool]:
    """Return a line of the table, and whether it holds."""
    (first, calls_first), (last, calls_last) = found[0], found[-1]
    longer, calls = max(last, LEAST_MS) / max(first, LEAST_MS), calls_last / calls_first
    holds = longer <= MOST_LONGER and calls <= MOST_CALLS
    figures = "".join(f"{took:>10.1f}{number:>9,}" for took, number in found)
    return f"{name:<{WIDTH}}{figures}{longer:>8.1f}{calls:>7.2f}  {'' if holds else 'GROWS'}\n", holds


def main() -> int:
    """Measure and print; return how it ended."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--million", action="store_true")
    sizes = (*SIZES, MILLION) if parser.parse_args().million else SIZES
    logging.disable(logging.WARNING)
    with scratch.database():
        event = world.make()
        people, todo = list(Member.objects.order_by("pk")[: past.PEOPLE]), works(event)
        found: dict[str, list[tuple[float, int]]] = {name: [] for name in todo}
        for before, size in zip((0, *sizes), sizes, strict=False):
            past.add(size - before, people)
            for name, ready in todo.items():
                found[name].append(measure(ready))
    heads = "".join(f"{f'{size:,}':>10}{'calls':>9}" for size in sizes)
    sys.stdout.write(f"{'':<{WIDTH}}{heads}{'longer':>8}{'calls':>7}\n")
    lines = [line(name, figures) for name, figures in found.items()]
    sys.stdout.writelines(text for text, _ in lines)
    return int(not all(holds for _, holds in lines))


if __name__ == "__main__":
    sys.exit(main())
