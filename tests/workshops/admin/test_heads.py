"""A record of the admin begins with its state, what one comes for, and the acts on it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Session
from tests import make
from tests.admin_forms import act_on
from tests.contracts import people
from tests.make import BY
from tests.markup import flat
from tests.workshops.places import state
from workshops.models import Booking
from workshops.places import booking

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    """A workshop with one place: Ada has it, Bo waits; Cy is in another."""
    event = make.event_ahead(title="Q 2027")
    made, other = (
        make.workshop(event, capacity=1, title=title, day=day)
        for title, day in (("Run charts", 0), ("Huddles", 1))
    )
    for name, where in (("Ada", made), ("Bo", made), ("Cy", other)):
        booking.book(where, make.registration(event, make.member(name)), by=BY, at=timezone.now())
    return made


def head_of(client, record):
    address = reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])
    context = client.get(address).context
    return context["head"], context["acts"]


@pytest.mark.slow
def test_a_session_begins_with_its_state_its_places_and_who_is_in_it(session):
    client = people.reader(people.admin())

    head, acts = head_of(client, session)

    *listed, (_, page) = head.links
    lists = [client.get(url).context["cl"] for _, url in listed]
    assert (head.state, head.facts[1]) == ("Published", "1 of 1, waiting 1")
    assert [words for words, _ in head.links] == ["Booked: 1", "Waiting: 1", "The team’s page"]
    assert client.get(page).status_code == 200
    assert [[str(one.member) for one in found.result_list] for found in lists] == [["Ada"], ["Bo"]]
    assert acts == [("cancel", "Cancel the session… (mails everybody)")]


@pytest.mark.slow
def test_a_session_counts_who_is_to_decide_and_who_is_offered_a_place_apart(session):
    client = people.reader(people.admin())
    event = session.event
    moved, _ = state.contested(make.registration(event, make.member("Mo")))
    offer, _ = state.offered(event, at=timezone.now())

    heads = [head_of(client, one.session)[0] for one in (moved, offer)]

    counted = [[words for words, _ in head.links[:-1]] for head in heads]
    assert counted == [["Booked: 0", "To decide: 1", "Waiting: 0"], ["Booked: 0", "Offered: 1", "Waiting: 0"]]
    assert heads[0].facts[1].startswith("1 of ")
    for head in heads:
        lists = [client.get(url).context["cl"].result_count for _, url in head.links[:-1]]
        assert lists == [int(words.split(": ")[1]) for words, _ in head.links[:-1]]


@pytest.mark.slow
def test_a_session_is_cancelled_from_its_record_after_asking(session):
    client = people.reader(people.admin())
    sessions = reverse("admin:events_session_changelist")
    act = {"action": "cancel", "_selected_action": session.pk}

    client.post(sessions, act)
    before = Session.objects.get(pk=session.pk).status
    asked, _ = act_on(client, sessions, "cancel", session)

    assert ("This mails those who are booked" in asked.content.decode(), before) == (True, "published")
    assert Session.objects.get(pk=session.pk).status == "cancelled"
    assert head_of(client, session)[1] == []


@pytest.mark.slow
def test_who_may_only_look_is_offered_no_act(session):
    client = people.reader(people.staff("Support"))

    assert head_of(client, session)[1] == []
    assert "admin-act" not in client.get(reverse("admin:events_session_change", args=[session.pk])).text


@pytest.mark.slow
def test_an_event_a_registration_and_a_booking_begin_so_too(session):
    client = people.reader(people.admin())
    waiting = Booking.objects.get(member__name="Bo")

    heads = [head_of(client, record) for record in (session.event, waiting.registration, waiting)]

    assert [head.state for head, _ in heads] == ["Published", "Registered", "On the waiting list"]
    assert [[name for name, _ in acts] for _, acts in heads] == [
        ["cancel"],
        ["cancel"],
        ["move_up", "cancel"],
    ]
    assert all(client.get(url).status_code == 200 for head, _ in heads for _, url in head.links)


def test_a_session_that_is_no_number_finds_no_bookings():
    client = people.reader(people.admin())

    answer = client.get(reverse("admin:workshops_booking_changelist"), {"session": "x"})

    assert (answer.status_code, answer.context["cl"].result_count) == (200, 0)


@pytest.mark.slow
def test_the_summary_of_errors_leads_to_each_field(session):
    client = people.reader(people.admin())
    address = reverse("admin:events_session_change", args=[session.pk])
    form = client.get(address).context["adminform"].form
    given = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    people_of_it = {
        "session_contributors-TOTAL_FORMS": "1",
        "session_contributors-INITIAL_FORMS": "0",
        "session_contributors-0-contributor": "Nobody at all",
        "session_contributors-0-part": "host",
        "session_contributors-0-position": "0",
    }

    page = client.post(address, given | {"title": ""} | people_of_it).content.decode()

    assert page.count('role="alert"') == 1
    assert '<a href="#id_title">Title: ' in flat(page)
    assert '<a href="#id_session_contributors-0-contributor">Name: ' in flat(page)
    assert "Please correct" not in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("membership", "state", "acts"),
    [
        ("waiting", "Waiting for approval", ["approve", "decline"]),
        ("active", "Member", ["end"]),
        ("ended", "Membership ended", ["reinstate"]),
    ],
)
def test_a_member_begins_with_the_membership_and_what_can_be_done_about_it(membership, state, acts):
    client = people.reader(people.staff("Support"))
    ada = make.member("Ada", membership=membership, organisation="Riverside")

    head, offered = head_of(client, ada)

    assert (head.state, head.facts[-1], [name for name, _ in offered]) == (state, "Riverside", acts)
    assert all(client.get(url).status_code == 200 for _, url in head.links)


def test_an_account_that_holds_keys_offers_no_act_to_who_may_not_touch_it():
    client = people.reader(people.staff("Support"))

    head, offered = head_of(client, people.staff("Moderator"))

    assert (head.state, offered) == ("Member", [])
