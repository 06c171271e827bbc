"""Emails to hosts, each for its own cause."""

from typing import Protocol

from django.core.cache import cache

from events.models import Contributor, Event
from hosting import agreeing, inviting
from hosting.access import Reader
from tests import make
from tests.contracts import people
from tests.make import NOW


class Named(Protocol):
    """What the person and the event are called."""

    @property
    def person(self) -> str:
        """The name."""

    @property
    def title(self) -> str:
        """The title."""


def _host(names: Named) -> tuple[Event, Contributor]:
    event = make.event(title=names.title[:150])
    session = make.workshop(event, title=names.title[:200])
    return event, make.host(session, names.person[:150], email="hana@hosts.example")


def _invited(names: Named) -> None:
    event, hana = _host(names)
    inviting.invite(event, hana, by=people.admin(), at=NOW)


def _agreed(names: Named) -> None:
    event, hana = _host(names)
    make.invited(hana, event)
    agreeing.agree(event, Reader(address=hana.email), at=NOW)


def _asked(names: Named, email: str) -> None:
    event, hana = _host(names)
    make.invited(hana, event)
    cache.clear()
    people.reader().post(f"/events/{event.slug}/hosting/enter/", {"email": email})


CAUSES = {
    "host-code": lambda names: _asked(names, "hana@hosts.example"),
    "host-code-unknown": lambda names: _asked(names, "nobody@hosts.example"),
    "host-confirmed": _agreed,
    "host-invited": _invited,
}
