"""Forms on the pages of people: somebody who helps callers, each with something else under way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F

from events.models import Event, Registration
from members import membership
from members.merging import proof
from members.models import Member
from team.people import calls, notes
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.workshops.places import state
from workshops.models import Workshop
from workshops.places import booking, choices

PEOPLE = "/team/people/"


def somebody_with_an_offer(event: Event) -> Member:
    """Somebody to whom a place is held that clashes with what they have, beside a session to swap to."""
    olive = make.member("Olive Offered")
    registration = make.registration(event, olive)
    old, new = make.workshop(event, hour=20), make.workshop(event, hour=20, capacity=1, slug="held")
    make.workshop(event, hour=20, slug="swap-to")
    holder = booking.book(new, make.registration(event, make.member("Hugo")), by=BY, at=NOW)
    booking.book(new, registration, by=BY, at=NOW)
    booking.book(old, registration, by=BY, at=NOW)
    booking.cancel(holder, by=BY, at=NOW)
    return olive


def somebody_who_waits_with_a_choice(event: Event) -> Member:
    """Somebody who waits for approval, has chosen a session and could choose another."""
    winnie = make.member("Winnie Waits", membership="waiting")
    registration = make.registration(event, winnie, status=Registration.Status.RECEIVED)
    choices.choose(make.workshop(event, hour=21), registration, by=BY, at=NOW)
    make.workshop(event, hour=22)
    return winnie


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def helping() -> Any:
        made = world()
        event, sam = made.session.event, people.staff("Support")
        Event.objects.update(version=F("version") + 1)
        offered, waits = somebody_with_an_offer(event), somebody_who_waits_with_a_choice(event)
        moved, _ = state.contested(make.registration(event, make.member("Mo Moved")), slug="moved")
        new = make.member("Nora New", membership="waiting")
        membership.approve(new, by=sam, at=NOW)
        ended, declined = (make.member(f"Of {one}", membership=one) for one in ("ended", "declined"))
        note = notes.leave(made.ada, "Rang.", by=sam, at=NOW - timedelta(days=1))
        everybody = (made.ada, offered, waits, new, ended, declined)
        paths = [f"{PEOPLE}{one.pk}/" for one in everybody]
        held, other = (Workshop.objects.get(session__slug=slug).pk for slug in ("held", "swap-to"))
        paths += [
            f"{PEOPLE}{waits.pk}/turn-down/",
            f"{PEOPLE}{made.ada.pk}/end/",
            f"{PEOPLE}{new.pk}/register/2026/",
        ]
        paths += [f"{PEOPLE}new/", f"{PEOPLE}{made.ada.pk}/address/", f"{PEOPLE}{made.ada.pk}/merge/"]
        proof.ask(made.ada, offered, by=sam, at=NOW)
        paths.append(f"{PEOPLE}{made.ada.pk}/merge/{offered.pk}/")
        paths.append(f"{PEOPLE}{made.ada.pk}/note/{note.pk}/take-out/")
        paths.append(f"{PEOPLE}{made.ada.pk}/emails/{made.numbers['notifications_message']}/")
        paths += [f"{PEOPLE}{one.pk}/programme/2026/" for one in (made.ada, offered, waits)]
        paths += [
            f"{PEOPLE}{offered.pk}/sessions/{one}/"
            for one in (f"{held}/accept", f"{held}/decline", f"{other}/swap")
        ]
        paths += [f"{PEOPLE}{made.ada.pk}/sessions/{made.session.pk}/give-up/"]
        paths += [f"{PEOPLE}{moved.member_id}/sessions/{moved.session_id}/decide/"]
        paths += [f"{PEOPLE}{made.ada.pk}/{act}/2026/" for act in ("deregister", "needs")]
        with calls.call(moved.member, by=sam, at=NOW):
            booking.book(make.workshop(event, hour=23), moved.registration, by=sam, at=NOW)
        paths += [f"{PEOPLE}{moved.member_id}/call/"]
        return scene(made, people.reader(sam), sam, paths)

    return {"helping people": helping}
