"""What tests of concerns share: people who read, and something that is told."""

from typing import Any

from concerns import codes, readers, reporting
from concerns.models import Concern
from concerns.reporting import Told
from events.models import Event
from members.models import Member
from tests import make
from tests.make import BY, NOW


def named(event: Event, *names: str) -> list[Member]:
    """Name people of the team who read concerns of an event; Rita and Sam unless told."""
    found = [make.member(name, is_staff=True) for name in names or ("Rita", "Sam")]
    readers.set_up(event, found, by=BY, at=NOW)
    return found


def told(event: Event, what: str = "He shouted at her.", **fields: Any) -> Told:
    """What somebody tells on the page as it is now."""
    about: dict[str, Any] = {"form": codes.new_form(), "seen": reporting.seen(readers.of_event(event))}
    return Told(**(about | {"what": what} | fields))


def reported(event: Event, what: str = "He shouted at her.", *, at: Any = NOW, **fields: Any) -> Concern:
    """Report something, and return it as it is kept."""
    code = reporting.report(event, told(event, what, **fields), at=at)
    return Concern.objects.select_related("event").get(pk=reporting.by_code(code, at=at).pk)
