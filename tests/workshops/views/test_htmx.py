"""The acts on one session with JavaScript: which parts of the page come back."""

import re

import pytest

from events.models import Session
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.pages import agenda_url, htmx, read, url
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.mark.slow
def test_htmx_gets_the_slot_that_the_page_shows(client, event, ada):
    session, _other = make.workshop(event), make.workshop(event)

    answer = htmx(client, session)

    page = flat(client.get(agenda_url(event)).content.decode())
    answer, group = re.subn(r' role="group" tabindex="-1" aria-label="Booked, [^"]+"', "", answer)
    answer, opened = re.subn(rf'(id="more-{session.pk}") open', r"\1", answer)
    assert (group, opened) == (1, 1)
    slot = f"slot-{session.starts_at:%Y%m%d-%H%M}"
    pattern = rf'<section class="timeline-slot agenda-slot[^"]*" id="{slot}".*?</section>'
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    in_answer, in_page = (token.sub("", found(re.search(pattern, html, re.S))[0]) for html in (answer, page))
    assert in_answer == in_page
    assert answer.lstrip().startswith("<section")


def test_htmx_also_gets_the_summary(client, event, ada):
    session = make.workshop(event)

    answer = htmx(client, session)

    assert "<strong>1</strong> booked" in flat(answer)
    assert 'id="agenda-summary" data-key=' in flat(answer)


def test_the_answer_is_a_group_named_by_the_outcome_and_the_session(client, event, ada):
    session = make.workshop(event, capacity=1, title="Run “charts” & more")
    booking.book(session, make.registration(event, make.member("Bo")), by=BY, at=NOW)

    answer = htmx(client, session, wanted="place")

    named = (
        f'id="booking-{session.pk}" data-key="[^"]+" role="group" tabindex="-1" '
        'aria-label="You are 1st on the waiting list, Run “charts” &amp; more" '
        f'aria-describedby="booking-{session.pk}-more">'
    )
    assert re.search(named, answer)
    assert f'id="booking-{session.pk}-more">The last place has just gone.</p>' in flat(answer)


def test_htmx_gets_the_other_slots_of_that_time_as_well(client, event, ada):
    session, later = make.workshop(event, hours=2), make.workshop(event, hour=11)
    away = make.workshop(event, hour=15)

    answer = htmx(client, session)

    slots = re.findall(r'id="(slot-[\d-]+)" [^>]*?(data-hx-swap-oob="outerHTML")?>', answer)
    assert slots == [("slot-20261118-1000", ""), ("slot-20261118-1100", 'data-hx-swap-oob="outerHTML"')]
    assert [f'id="session-{one.pk}"' in answer for one in (later, away)] == [True, False]


def test_htmx_gets_the_lines_at_a_glance_of_the_slots_that_it_gets(client, event, ada):
    session = make.workshop(event, hours=2)
    make.workshop(event, hour=11)
    make.workshop(event, hour=15)

    answer = htmx(client, session)

    page = flat(client.get(agenda_url(event)).content.decode())
    lines = [
        re.findall(r'<li class="glance-line[^"]*" id="([^"]+)" (.*?)</li>', html) for html in (answer, page)
    ]
    in_answer, in_page = [dict(found) for found in lines]
    assert list(in_answer) == ["glance-slot-20261118-1000", "glance-slot-20261118-1100"]
    assert list(in_page) == [*in_answer, "glance-slot-20261118-1500"]
    swapped = {name: line.replace(' data-hx-swap-oob="outerHTML"', "") for name, line in in_answer.items()}
    assert swapped == {name: in_page[name] for name in in_answer}


def test_htmx_elsewhere_gets_the_state_alone(client, event, ada):
    session = make.workshop(event)
    page = session.get_absolute_url()

    answer = htmx(client, session, target=f"booking-{session.pk}", next=page)

    assert answer.lstrip().startswith(f'<div class="booking is-yours is-brief" id="booking-{session.pk}"')
    assert f'aria-label="Booked, {session.title}"' in answer
    assert f'<input type="hidden" name="next" value="{page}">' in flat(answer)
    assert "agenda-slot" not in answer


@pytest.mark.parametrize("target", [None, "booking"])
def test_a_session_that_went_from_the_page_meanwhile_loads_it_anew(client, event, ada, target):
    session, page = make.workshop(event, title="Pathways"), agenda_url(event)
    Session.objects.filter(pk=session.pk).update(status=Session.Status.CANCELLED)
    headers = {"HX-Request": "true", "HX-Target": target or f"slot-{session.starts_at:%Y%m%d-%H%M}"}

    answer = client.post(url(session), headers=headers)

    assert (answer.status_code, answer["HX-Redirect"]) == (200, page)
    assert "Nothing has changed: “Pathways”. This session is not taking bookings." in read(client, event)


def test_htmx_is_told_a_refusal_like_everybody(client, event, ada):
    mine, other = make.workshop(event, title="Run charts"), make.workshop(event)
    booking.book(mine, ada, by=BY, at=NOW)

    answer = htmx(client, other)

    assert f'aria-label="Nothing has changed, {other.title}"' in answer
    assert answer.count("It is at the same time as “Run charts”.") == 1
