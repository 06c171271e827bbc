"""Who may act on which session, what is not found, and where one comes back to."""

import pytest
from django.urls import reverse

from tests import make
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.pages import ACTS, ASKING, agenda_url, press, status, url
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

Status = Booking.Status


@pytest.mark.slow
def test_one_comes_back_to_the_page_on_which_one_pressed(client, event, ada):
    session = make.workshop(event)
    page = f"{reverse('events:programme', args=[event.slug])}?format=workshop"

    where, shown = press(client, session, next=page)

    assert where == f"{page}#booking-{session.pk}"
    assert f'aria-label="Booked, {session.title}"' in shown


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_one_is_never_sent_to_another_site(client, event, ada, page):
    session = make.workshop(event)

    where, _ = press(client, session, next=page)

    assert where == f"{agenda_url(event)}#booking-{session.pk}"


@pytest.mark.parametrize("act", ACTS)
def test_a_visitor_logs_in_first_and_comes_to_the_page(client, event, act):
    session = make.workshop(event)

    plain = client.post(url(session, act))
    htmx = client.post(url(session, act), {"next": "/events/"}, headers={"HX-Request": "true"})

    assert plain.url == f"/accounts/login/?next={agenda_url(event)}"
    assert htmx.headers["HX-Redirect"] == "/accounts/login/?next=/events/"


@pytest.mark.parametrize("act", ACTS)
def test_who_is_not_registered_is_told_how_to(client, event, act):
    session = make.workshop(event)
    client.force_login(make.member("Bo"))

    response = client.post(url(session, act), follow=True)
    htmx = client.post(url(session, act), headers={"HX-Request": "true"})

    assert "Register for the event" in flat(response.content.decode())
    assert htmx.headers["HX-Redirect"] == agenda_url(event)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("act", ACTS)
def test_who_is_not_confirmed_yet_is_told_what_they_wait_for(client, event, ada, act):
    session = make.workshop(event)
    type(ada).objects.update(status="waiting", ticket=1)

    htmx = client.post(url(session, act), headers={"HX-Request": "true"})

    assert htmx.headers["HX-Redirect"] == agenda_url(event)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("act", [act for act in ACTS if act != "choose"])
def test_who_waits_for_approval_can_do_nothing_but_choose(client, event, ada, act):
    session = make.workshop(event)
    type(ada).objects.update(status="received")

    answer = client.post(url(session, act))

    assert answer.status_code in (302, 404)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("act", [act for act in ACTS if act not in ASKING])
def test_a_get_changes_nothing(client, event, ada, act):
    assert client.get(url(make.workshop(event), act)).status_code == 405


@pytest.mark.parametrize("act", ACTS)
def test_what_is_not_there_is_not_found(client, event, ada, act):
    draft = make.workshop(event, status="draft")
    elsewhere = make.workshop(make.event())
    addresses = [
        reverse(f"workshops:{act}", args=[event.slug, slug])
        for slug in ("nothing", draft.slug, elsewhere.slug)
    ]
    addresses.append(reverse(f"workshops:{act}", args=["nothing", draft.slug]))

    assert [client.post(address).status_code for address in addresses] == [404] * 4


@pytest.mark.parametrize("act", ["cancel", "accept", "decline"])
def test_somebody_elses_booking_is_not_found(client, event, ada, act):
    session = make.workshop(event)
    bo = make.registration(event, make.member("Bo"))
    booking.book(session, bo, by=BY, at=NOW)

    assert client.post(url(session, act)).status_code == 404
    assert status(session, bo) == Status.BOOKED


@pytest.mark.parametrize("act", ["swap", "cancel", "accept"])
def test_asking_about_a_session_without_places_is_no_error(client, event, ada, act):
    plenary = make.session(event, format="plenary")

    assert client.get(url(plenary, act)).status_code in (302, 404)
    assert client.post(url(plenary, act)).status_code in (302, 404)


@pytest.mark.slow
def test_an_address_in_any_script_works(client, event, ada):
    session = make.workshop(event, slug="améliorer-les-soins", title="Améliorer les soins")

    press(client, session)

    assert status(session, ada) == Status.BOOKED
