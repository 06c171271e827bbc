"""The letter about a call on the page of the person: what waits, as it would be sent, and sending it."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from events.models import Registration
from members.models import Member
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat
from tests.team.people.calling import ada_registered, book, done_in, mailed_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def registration() -> Registration:
    return ada_registered()


@pytest.fixture
def ada(registration: Registration) -> Member:
    return registration.member


def path(person: Member) -> str:
    return f"/team/people/{person.pk}/"


def press(client: Client, person: Member, act: str, **posted: object) -> str:
    return flat(client.post(f"{path(person)}{act}", posted, follow=True).text)


def test_the_page_says_that_a_letter_waits_with_what_and_until_when_and_the_emails_have_it(
    desk, sam, ada, registration
):
    before = flat(desk.get(path(ada)).text)
    for hour in (10, 12):
        book(make.workshop(registration.event, hour=hour), registration, sam)
    page = desk.get(path(ada))
    after = flat(page.text)

    assert "Their letter waits" not in before
    assert "2 changes, told in one email." in after
    assert "Mon 2 Nov, 10:10" in after
    line = page.context["shown"].emails[0]
    assert (line.what, line.word.label) == ("Changed for you", "Queued")


def test_it_is_read_first_and_one_press_ends_the_call_and_sends_it(desk, sam, ada, registration):
    book(make.workshop(registration.event, title="Falls"), registration, sam)

    shown = flat(desk.get(f"{path(ada)}call/").text)
    said = press(desk, ada, "call/")
    letter = letters.only(mailed_to(ada, NOW))
    again = press(desk, ada, "call/")

    assert "Booked “Falls” for you." in shown
    assert "End the call and send one letter" in shown
    assert "The letter is on its way to Ada Byron." in said
    assert len(done_in(letter)) == 1
    assert "No letter waits: it has gone, or nothing was changed." in again
    assert "Their letter waits" not in flat(desk.get(path(ada)).text)


def test_where_nothing_was_changed_there_is_no_letter_to_look_at(desk, ada):
    answer = desk.get(f"{path(ada)}call/", follow=True)

    assert answer.redirect_chain == [(path(ada), 302)]
    assert "No letter waits" in answer.text


def test_to_whom_no_email_comes_nothing_is_sent_and_that_is_said(desk, sam, ada, registration):
    book(make.workshop(registration.event), registration, sam)
    EmailAddress.objects.filter(user=ada).update(verified=False)

    shown = flat(desk.get(f"{path(ada)}call/").text)

    assert "until it is confirmed: tell them." in shown
    assert "End the call and send one letter" not in shown


def test_only_who_registers_or_books_for_people_sees_it(sam, ada, registration):
    book(make.workshop(registration.event), registration, sam)
    answers = [Client(), people.reader(make.member("Bo")), people.reader(people.staff("Moderator"))]

    statuses = [one.get(f"{path(ada)}call/").status_code for one in answers]
    posted = [one.post(f"{path(ada)}call/").status_code for one in answers]

    assert statuses == posted == [302, 403, 403]
    assert Message.objects.get(kind="changed-for-you").send_after > NOW


def test_each_act_of_the_page_is_part_of_the_call(desk, ada, registration):
    """Booked, given up, swapped, registered, cancelled: no act has a letter of its own."""
    event = registration.event
    first, second = make.workshop(event, title="First"), make.workshop(event, title="Second")
    on = f"sessions/{first.pk}"
    press(desk, ada, f"{on}/book/")
    press(desk, ada, f"sessions/{second.pk}/swap/", replace=[first.pk])
    press(desk, ada, f"sessions/{second.pk}/give-up/", seen="yours")
    press(desk, ada, f"deregister/{event.slug}/")
    press(desk, ada, f"register/{event.slug}/", heard_conduct="on")

    kinds = set(Message.objects.filter(member=ada).values_list("kind", flat=True))
    assert kinds == {"changed-for-you"}


def test_on_their_own_page_one_of_the_team_reads_that_their_emails_are_those_of_any_member(desk, sam):
    own = make.registration(make.event(slug="2026"), sam)
    session = make.workshop(own.event)
    other = make.event(slug="2027")
    asked = f"{path(sam)}register/{other.slug}/"

    press(desk, sam, f"sessions/{session.pk}/book/")
    before = [
        flat(desk.get(address).text) for address in (f"{path(sam)}sessions/{session.pk}/give-up/", asked)
    ]
    after = press(desk, sam, "deregister/2026/", lost=own.bookings.get().pk)

    assert "This is you" in after
    for page in (*before, after):
        assert "you get the emails that members get" in page
        assert "told in one email" not in page
