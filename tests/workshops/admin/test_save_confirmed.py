"""Before the admin saves a session, it says whom that touches; what was seen is what is saved."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from events import cancellation
from events.models import Contributor, Session
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.found import found
from tests.make import BY
from tests.markup import flat
from tests.workshops.admin.test_sessions import session_form
from workshops.models import Booking, Workshop
from workshops.places import booking, choices

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """A workshop at ten that Ada has booked."""
    made = make.workshop(make.event_ahead(), hour=10, capacity=1)
    booking.book(made, make.registration(made.event, make.member("Ada")), by=BY, at=timezone.now())
    return made


def address(session):
    return reverse("admin:events_session_change", args=[session.pk])


def later(admin, session, **changes):
    """All fields as the form has them, three hours later."""
    start = found(session.starts_at).astimezone(session.event.zone) + timedelta(hours=3)
    times = {"starts_at_1": f"{start:%H:%M:%S}", "ends_at_1": f"{start + timedelta(hours=1):%H:%M:%S}"}
    return session_form(admin, session, **times | changes)


def told():
    return Message.objects.filter(kind="session-changed").count()


def seen(answer):
    return {"seen_effects": answer.context["effects"].fingerprint}


def test_a_move_is_asked_about_first_with_all_that_was_typed(admin, session):
    typed = later(admin, session, title="Typed and kept")

    asked = admin.post(address(session), typed)
    before = Session.objects.get(pk=session.pk), told()
    saved = admin.post(address(session), dict(asked.context["typed"]) | seen(asked))

    page = flat(asked.content.decode())
    assert "<li>Booked: 1</li>" in page
    assert 'value="Save it, and email 1 person"' in page
    assert 'name="title" value="Typed and kept"' in page
    assert (before[0].title, before[0].starts_at, before[1]) == (session.title, session.starts_at, 0)
    assert (saved.status_code, Session.objects.get().title, told()) == (302, "Typed and kept", 1)


def test_where_somebody_booked_meanwhile_it_is_shown_again(admin, session):
    Workshop.objects.update(capacity=2)
    typed = later(admin, session, capacity="2")
    asked = admin.post(address(session), typed)
    booking.book(session, make.registration(session.event, make.member("Bo")), by=BY, at=timezone.now())

    stale = admin.post(address(session), typed | seen(asked))
    between = told()
    admin.post(address(session), typed | seen(stale))

    assert "Something has changed since you looked, so nothing is saved yet." in flat(stale.content.decode())
    assert (between, told()) == (0, 2)


def test_changed_again_has_the_form_with_what_was_typed_and_saves_nothing(admin, session):
    typed = later(admin, session, title="Typed and kept")

    page = admin.post(address(session), typed | {"_back": "Change it again"})

    assert "Nothing is saved yet. Change it, and save it again." in flat(page.content.decode())
    assert 'value="Typed and kept"' in page.content.decode()
    assert Session.objects.get().title == session.title


def test_what_nobody_else_notices_is_not_asked_about(admin, session):
    assert admin.post(address(session), session_form(admin, session, title="Better")).status_code == 302
    make.registration(session.event, make.member("Bo"))
    assert admin.post(address(session), session_form(admin, session, capacity="9")).status_code == 302


def test_a_move_at_an_event_that_is_called_off_names_who_must_decide_though_it_may_come_back(admin, session):
    other = make.workshop(session.event, hour=13, title="Elsewhere")
    ada = Booking.objects.get().registration
    booking.book(other, ada, by=BY, at=timezone.now())
    cancellation.cancel_event(session.event, by=BY, at=timezone.now())

    page = flat(admin.post(address(session), later(admin, session)).content.decode())

    assert "Who would have two sessions at once: 1" in page
    assert not Booking.objects.filter(status="contested").exists()


def test_opening_a_session_to_all_says_first_whose_choices_that_ends(admin):
    event = make.event_ahead(booking_opens_at=timezone.now() + timedelta(days=3))
    chosen = make.workshop(event, hour=10, capacity=5)
    choices.choose(chosen, make.registration(event, make.member("Ada")), by=BY, at=timezone.now())
    typed = session_form(admin, chosen, capacity="")
    del typed["needs_booking"]

    asked = admin.post(address(chosen), typed)
    between = Booking.objects.count()
    saved = admin.post(address(chosen), typed | seen(asked))

    page = flat(asked.content.decode())
    assert '<dt>Places</dt><dd>open to all who are registered <span class="soft">(was 5)</span></dd>' in page
    assert "1 person has chosen it, before booking opens: that ends, and nobody is emailed of it." in page
    assert (between, saved.status_code, Booking.objects.count()) == (1, 302, 0)


def test_that_only_who_books_may_come_is_asked_about_first(admin):
    open_to_all = make.session(make.event_ahead(), hour=10)
    typed = session_form(admin, open_to_all, needs_booking="on", capacity="3")

    asked = admin.post(address(open_to_all), typed)
    between = Workshop.objects.count()
    saved = admin.post(address(open_to_all), typed | seen(asked))

    page = flat(asked.content.decode())
    assert '<dt>Places</dt><dd>3 <span class="soft">(was open to all who are registered)</span></dd>' in page
    assert (between, saved.status_code, Workshop.objects.get().capacity) == (0, 302, 3)


def test_a_draft_is_saved_at_once(admin):
    draft = make.workshop(make.event_ahead(), status="draft", hour=10)
    make.workshop(draft.event, hour=13, room="Room 9")

    assert admin.post(address(draft), later(admin, draft, room="Room 9")).status_code == 302


def test_more_places_name_whose_turn_comes(admin, session):
    booking.book(session, make.registration(session.event, make.member("Bo")), by=BY, at=timezone.now())

    page = flat(admin.post(address(session), session_form(admin, session, capacity="2")).content.decode())

    assert "Whose turn comes: 1" in page
    assert "<bdi>Bo</bdi>" in page


def test_who_hosts_no_more_is_asked_about_though_nobody_is_emailed(admin, session):
    make.host(session, "Hana")
    prefix, link = "session_contributors", session.session_contributors.get()
    typed = session_form(admin, session) | {
        f"{prefix}-TOTAL_FORMS": "1",
        f"{prefix}-INITIAL_FORMS": "1",
        f"{prefix}-0-id": link.pk,
        f"{prefix}-0-session": session.pk,
        f"{prefix}-0-contributor": "Hana",
        f"{prefix}-0-part": "host",
        f"{prefix}-0-position": "0",
        f"{prefix}-0-DELETE": "on",
    }

    page = flat(admin.post(address(session), typed).content.decode())

    assert '<dt>Hosts and speakers</dt><dd>nobody <span class="soft">(was Hana)</span></dd>' in page
    assert session.session_contributors.exists()


def test_who_may_not_change_who_hosts_is_not_told_that_they_leave(session):
    make.host(session, "Hana")
    cy = make.member("Cy", is_staff=True)
    cy.user_permissions.set(Permission.objects.filter(codename__in=["change_session", "view_session"]))
    desk = people.reader(cy)

    saved = desk.post(address(session), session_form(desk, session, title="Better"))

    assert (saved.status_code, Session.objects.get().title) == (302, "Better")


def test_who_hosts_from_now_on_and_who_no_more_is_said_first_with_what_they_have_then(admin, session):
    hana, ian = make.host(session, "Hana"), Contributor.objects.create(name="Ian", member=make.member("Ian"))
    link = session.session_contributors.get()
    other = make.workshop(session.event, hour=10, title="Elsewhere")
    third = make.workshop(session.event, hour=10, title="Booked")
    booking.book(third, make.registration(session.event, found(ian.member)), by=BY, at=timezone.now())
    make.host(other, "Ian Two", member=ian.member)
    prefix = "session_contributors"
    typed = session_form(admin, session) | {
        f"{prefix}-TOTAL_FORMS": "2",
        f"{prefix}-INITIAL_FORMS": "1",
        f"{prefix}-0-id": link.pk,
        f"{prefix}-0-session": session.pk,
        f"{prefix}-0-contributor": "Hana",
        f"{prefix}-0-part": "host",
        f"{prefix}-0-position": "0",
        f"{prefix}-0-DELETE": "on",
        f"{prefix}-1-session": session.pk,
        f"{prefix}-1-contributor": "Ian",
        f"{prefix}-1-part": "host",
        f"{prefix}-1-position": "0",
    }

    asked = admin.post(address(session), typed)
    page = flat(asked.content.decode())
    between = [one.contributor for one in session.session_contributors.all()]
    admin.post(address(session), typed | seen(asked))

    assert '<dt>Hosts and speakers</dt><dd>Ian <span class="soft">(was Hana)</span></dd>' in page
    assert "Ian, who hosts or speaks here, has booked “Booked”." in page
    assert "Ian is also in “Elsewhere”" in page
    assert "It is in the agenda of who hosts or speaks now" in page
    assert between == [hana]
    assert [one.contributor for one in session.session_contributors.all()] == [ian]
