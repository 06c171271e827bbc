"""Emails to hosts, each for its own cause."""

from datetime import timedelta
from typing import Any, Protocol
from uuid import uuid4

from django.core.cache import cache

from events import access_needs
from events.models import Contributor, Event
from hosting import agreeing, asked, asking, day_before, deputies, inviting, withdrawing, writing
from hosting import people as hosting_people
from hosting.access import Reader
from recordings import publishing
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from workshops.places import booking


class Named(Protocol):
    """What the person and the event are called."""

    @property
    def person(self) -> str:
        """The name."""

    @property
    def words(self) -> str:
        """What is written."""

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


def _tomorrow(names: Named) -> None:
    event = make.event(title=names.title[:150], first_day=NOW.date() + timedelta(days=1))
    make.invited(make.host(make.workshop(event, title=names.title[:200]), names.person[:150]), event)
    day_before.tell(at=NOW)


def _withdrawn(names: Named) -> None:
    event, hana = _host(names)
    make.invited(hana, event)
    withdrawing.withdraw(event.sessions.get(), Reader(address=hana.email), at=NOW)


def _needs_changed(names: Named) -> None:
    event, hana = _host(names)
    make.invited(hana, event)
    make.agreed(hana, event)
    ada = make.registration(event, make.member("Ada"))
    booking.book(event.sessions.get(), ada, by=BY, at=NOW)
    make.need(ada, is_shared_with_hosts=True)
    hosting_people.needs(event.sessions.get(), Reader(address=hana.email), at=NOW)
    access_needs.save(ada, by=BY, at=NOW)


def _deputy(names: Named) -> None:
    event, hana = _host(names)
    make.invited(hana, event)
    make.agreed(hana, event)
    called = {"called": names.person[:150], "email": "di@hosts.example"}
    deputies.name(event.sessions.get(), Reader(address=hana.email), at=NOW, **called)


def _wrote(names: Named) -> None:
    event, hana = _host(names)
    make.invited(hana, event)
    make.agreed(hana, event)
    session = event.sessions.get()
    booking.book(session, make.registration(event, make.member(names.person)), by=BY, at=NOW)
    words: dict[str, Any] = {"subject": names.title[:60], "words": names.words, "submission": uuid4()}
    writing.write(session, Reader(address=hana.email), at=NOW, **words)


def _over(names: Named) -> None:
    event, hana = _host(names)
    make.invited(hana, event)
    began = NOW - timedelta(days=1)
    event.sessions.update(starts_at=began, ends_at=began + timedelta(hours=1))
    Event.objects.filter(pk=event.pk).update(first_day=NOW.date() - timedelta(days=1), last_day=NOW.date())
    asking.ask(at=NOW)


def _recorded(names: Named) -> None:
    event, hana = _host(names)
    make.invited(hana, event)
    told = {"title": names.title[:250], "url": "https://video.example/1", "seconds": 60}
    publishing.add_link(event.sessions.get(), by=people.admin(), at=NOW, **told)
    asked.tell(at=NOW)


CAUSES = {
    "host-recording": _recorded,
    "host-take-away": _over,
    "host-code": lambda names: _asked(names, "hana@hosts.example"),
    "host-code-unknown": lambda names: _asked(names, "nobody@hosts.example"),
    "host-confirmed": _agreed,
    "host-day-before": _tomorrow,
    "host-needs-changed": _needs_changed,
    "host-withdrawn": _withdrawn,
    "host-deputy": _deputy,
    "host-words": _wrote,
    "host-invited": _invited,
}
