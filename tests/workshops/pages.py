"""The agenda's pages and buttons as a browser has them."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from events.models import Event, Registration, Session
from tests.found import found
from tests.markup import flat
from workshops.models import Booking

ACTS = ("book", "take", "cancel", "swap", "choose", "unchoose", "accept", "decline", "decide")
ASKING = ("cancel", "take", "swap", "accept", "decide")


def url(session: Session, act: str = "book") -> str:
    return reverse(f"workshops:{act}", args=[session.event.slug, session.slug])


def agenda_url(event: Event, name: str = "agenda") -> str:
    return reverse(f"workshops:{name}", args=[event.slug])


def read(client: Client, event: Event) -> str:
    """The agenda page as text."""
    response = client.get(agenda_url(event))
    assert response.status_code == 200
    return flat(response.content.decode())


def status(session: Session, registration: Registration) -> str | None:
    """The status of their live booking, or nothing."""
    live = Booking.objects.live().filter(session=session, registration=registration)
    return live.values_list("status", flat=True).first()


def press(client: Client, session: Session, act: str = "book", **data: Any) -> tuple[str, str]:
    """Press a button without JavaScript and come back: where to, and the page."""
    response = client.post(url(session, act), data)
    assert response.status_code == 302, response
    return response["Location"], flat(client.get(response["Location"]).content.decode())


def htmx(client: Client, session: Session, act: str = "book", target: str | None = None, **data: Any) -> str:
    """Press a button with htmx; the answer."""
    headers = {"HX-Request": "true", "HX-Target": target or f"slot-{session.starts_at:%Y%m%d-%H%M}"}
    response = client.post(url(session, act), data, headers=headers)
    assert response.status_code == 200, response
    return flat(response.content.decode())


def card(html: str, session: Session) -> str:
    """The words of a session's card on a page, without what waits for the opening of booking."""
    whole = found(re.search(rf'<article[^>]* id="session-{session.pk}">.*?</article>', flat(html), re.S))
    shown = re.sub(r"<(\w+)[^>]* data-from-opening hidden>.*?</\1>", "", whole[0])
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())
