"""The agenda's pages and buttons as a browser has them."""

import re

from django.urls import reverse

from tests.markup import flat
from workshops.models import Booking

ACTS = ("book", "cancel", "swap", "choose", "unchoose", "accept", "decline")
ASKING = ("cancel", "swap", "accept")


def url(session, act="book"):
    return reverse(f"workshops:{act}", args=[session.event.slug, session.slug])


def agenda_url(event, name="agenda"):
    return reverse(f"workshops:{name}", args=[event.slug])


def read(client, event):
    """The agenda page as text."""
    response = client.get(agenda_url(event))
    assert response.status_code == 200
    return flat(response.content.decode())


def status(session, registration):
    """The status of their live booking, or nothing."""
    live = Booking.objects.live().filter(session=session, registration=registration)
    return live.values_list("status", flat=True).first()


def press(client, session, act="book", **data):
    """Press a button without JavaScript and come back: where to, and the page."""
    response = client.post(url(session, act), data)
    assert response.status_code == 302, response
    return response.url, flat(client.get(response.url).content.decode())


def htmx(client, session, act="book", target=None, **data):
    """Press a button with htmx; the answer."""
    headers = {"HX-Request": "true", "HX-Target": target or f"slot-{session.starts_at:%Y%m%d-%H%M}"}
    response = client.post(url(session, act), data, headers=headers)
    assert response.status_code == 200, response
    return flat(response.content.decode())


def card(html, session):
    """The words of a session's card on a page."""
    found = re.search(rf'<article[^>]* id="session-{session.pk}">.*?</article>', flat(html), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else None
