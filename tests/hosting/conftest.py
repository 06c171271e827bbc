"""A session with two hosts and people who come, and browsers of those who host it."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from events.models import Contributor, Event, Session
from notifications.models import Message
from tests import letters, make
from tests.make import BY, NOW
from workshops.places import booking


@dataclass(frozen=True)
class Hosted:
    """An event with one session; Hana is invited to host it, Ada and Bo come."""

    event: Event
    session: Session
    hana: Contributor

    @property
    def path(self) -> str:
        return f"/events/{self.event.slug}/hosting/"

    @property
    def page(self) -> str:
        return f"{self.path}sessions/{self.session.slug}/"


@pytest.fixture
def hosted() -> Hosted:
    event = make.event(title="Community event")
    session = make.workshop(event, title="The huddle", slug="huddle", join_url="https://join.example/1")
    hana = make.host(session, "Hana", email="hana@hosts.example")
    make.invited(hana, event)
    for name, fields in {"Ada": {"hosts_see_work": True}, "Bo": {}}.items():
        member = make.member(name, organisation=f"Trust of {name}", role="Nurse")
        registration = make.registration(event, member, **fields)
        booking.book(session, registration, by=BY, at=NOW)
        make.needs(registration, f"Captions for {name}", shared=name == "Ada")
    Message.objects.all().delete()  # their agendas
    return Hosted(event, Session.objects.get(pk=session.pk), hana)


def asked(client: Client, hosted: Hosted, email: str = "hana@hosts.example") -> str:
    """Ask for a code; return the one that is owed."""
    client.post(f"{hosted.path}enter/", {"email": email})
    return letters.code_in(Message.objects.filter(kind="host-code").latest("pk"))


def shown(client: Client, hosted: Hosted, email: str = "hana@hosts.example") -> Any:
    """Show that the address is theirs; return the answer."""
    code = asked(client, hosted, email)
    return client.post(f"{hosted.path}code/", {"code": code})


def entered(hosted: Hosted, email: str = "hana@hosts.example") -> Client:
    """A browser in which a host has shown their address, and agreed."""
    client = Client()
    shown(client, hosted, email)
    client.post(f"{hosted.path}agree/", {"agrees": "on"})
    return client
