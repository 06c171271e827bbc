"""An announcement goes to who is of its audience when it is sent, each once, and to nobody besides."""

import pytest

from events.models import Event, Registration, Session
from members import email_choices
from members.models import Member
from team.announcements import audiences
from team.announcements.audiences import Reach
from tests import make
from tests.make import BY, NOW
from tests.team.announcements.announcing import draft, sent, to
from workshops.models import Booking
from workshops.places import booking

pytestmark = pytest.mark.django_db


@pytest.fixture
def tess() -> Member:
    """Who writes; she is no member, so that no list has her."""
    return make.member("Tess", membership="ended")


@pytest.fixture
def session(event: Event) -> Session:
    """One place: Ada has it, Bo waits. Cy is registered, Di is not, Ed waits for approval."""
    session = make.workshop(event, capacity=1, title="Flow")
    for name in ("Ada", "Bo"):
        booking.book(session, make.registration(event, make.member(name)), by=BY, at=NOW)
    make.registration(event, make.member("Cy"))
    make.member("Di")
    make.registration(event, make.member("Ed", membership="waiting"), status=Registration.Status.RECEIVED)
    return session


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        ("members", ["Ada", "Bo", "Cy", "Di"]),
        ("registered", ["Ada", "Bo", "Cy"]),
        ("nothing-booked", ["Cy"]),
        ("booked", ["Ada"]),
        ("waiting", ["Bo"]),
        ("not-registered", ["Di"]),
        ("undecided", ["Ed"]),
    ],
)
def test_it_goes_to_who_is_of_the_audience(event, session, tess, audience, names):
    sent(tess, audience, event=event)

    assert to() == names


def test_who_has_a_place_to_decide_about_has_it(event, session, tess):
    Booking.objects.filter(member__name="Ada").update(status="contested", expires_at=NOW)

    sent(tess, "booked", event=event)

    assert to() == ["Ada"]


def test_those_of_another_event_get_nothing(event, session, tess):
    other = make.event()
    make.registration(other, make.member("Fay"))
    booking.book(make.workshop(other), make.registration(other, make.member("Gil")), by=BY, at=NOW)

    sent(tess, "booked", event=other)

    assert to() == ["Gil"]


def test_only_chosen_sessions_count_and_none_chosen_is_all_of_them(event, session, tess):
    other = make.workshop(event, hour=15)
    booking.book(other, Registration.objects.get(member__name="Cy"), by=BY, at=NOW)

    chosen, every = draft(tess, "booked", event=event, sessions=[other]), draft(tess, "booked", event=event)

    assert [one.name for one in audiences.recipients(chosen)] == ["Cy"]
    assert sorted(one.name for one in audiences.recipients(every)) == ["Ada", "Cy"]


def test_where_the_chosen_session_is_gone_nobody_is_written_to_and_never_everybody(event, session, tess):
    other = make.workshop(event, hour=15)
    told = draft(tess, "booked", event=event, sessions=[other])
    hosts = draft(tess, "hosts", event=event, sessions=[other])
    make.host(session, "Hana")

    other.delete()

    assert [audiences.reach(one).emails for one in (told, hosts)] == [0, 0]


def test_who_has_a_place_in_two_sessions_of_a_theme_gets_it_once(event, session, tess):
    theme, other = make.theme(event), make.workshop(event, hour=15)
    session.themes.add(theme)
    other.themes.add(theme)
    booking.book(other, Registration.objects.get(member__name="Ada"), by=BY, at=NOW)
    booking.book(make.workshop(event, hour=17), Registration.objects.get(member__name="Cy"), by=BY, at=NOW)

    sent(tess, "theme", event=event, theme=theme)

    assert to() == ["Ada"]


def test_hosts_get_it_by_account_or_by_their_record_and_once(event, session, tess):
    hana = make.member("Hana")
    make.host(session, "Hana Okafor", member=hana)
    make.host(session, "Hana again", email=hana.email.upper())
    make.host(session, "Gus", email="gus@hosts.example")
    make.host(make.workshop(event, hour=15), "Gus", email="", member=make.member("Gil", is_active=False))
    make.host(make.session(make.event()), "Elsewhere", email="elsewhere@hosts.example")

    told = sent(tess, "hosts", event=event)

    assert to() == ["Hana", "gus@hosts.example"]
    assert (told.people, told.unreached) == (2, 1)


def test_how_many_get_nothing_and_why_is_known_before(event, session, tess):
    Member.objects.filter(name="Ada").update(is_active=False)
    email_choices.stop(Member.objects.get(name="Bo"), audiences.CHOICE, by=BY, at=NOW)

    choice = draft(tess, "registered", event=event)
    service = draft(tess, "registered", event=event, service_reason="A new link.")

    assert audiences.reach(choice) == Reach(3, unreached=1, unwanted=1)
    assert audiences.reach(choice).emails == 1
    assert audiences.reach(service) == Reach(3, unreached=1, unwanted=0)


def test_who_turned_announcements_off_gets_what_they_need_and_nothing_else(event, session, tess):
    email_choices.stop(Member.objects.get(name="Cy"), audiences.CHOICE, by=BY, at=NOW)

    sent(tess, "nothing-booked", event=event, service_reason="Booking closes.")
    make.registration(event, make.member("Una"))
    told = sent(tess, "nothing-booked", event=event)

    assert to() == ["Cy", "Una"]
    assert told.unwanted == 1
