"""The page of a person: what it says, to whom, and what it asks the database."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members import addresses
from members.models import Member
from members.privacy import erasure
from notifications import outbox
from notifications.models import Message
from team.people import notes
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from workshops.models import Booking
from workshops.places import booking, choices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def ada() -> Member:
    return make.member("Ada Byron", organisation="Ward 7")


def page(client: Client, person: Member, **asked: str) -> str:
    return flat(client.get(f"/team/people/{person.pk}/", asked).text)


def lines(client: Client, person: Member) -> list[tuple[str, str, str]]:
    """What the page says of each session: its title, how it stands, and until when."""
    shown = client.get(f"/team/people/{person.pk}/").context["shown"].in_event
    return [(line.session.title, line.word.label, line.detail) for line in shown.lines]


def buttons(client: Client, person: Member) -> list[str]:
    """What can be pressed at their sessions."""
    shown = client.get(f"/team/people/{person.pk}/").context["shown"].in_event
    return [button.label for line in shown.lines for button in line.buttons]


def only(*permissions: str) -> Client:
    """The browser of somebody who may do this alone."""
    member = people.staff()
    for one in ("members.change_member", *permissions):
        app, _, codename = one.partition(".")
        member.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    client = Client()
    client.force_login(member)
    return client


def test_it_begins_with_what_to_ask_before_anything_is_changed(desk, ada):
    said = page(desk, ada)

    assert said.index("ask the caller for the email address and the organisation") < said.index(
        "Membership</h2>"
    )
    assert "never needs" in said
    assert ada.email in said


def test_each_session_is_said_in_the_words_that_its_member_sees(desk, ada):
    event = make.event()
    mine, full, gone = (
        make.workshop(event, capacity=2, title=one, hour=9 + 2 * n) for n, one in enumerate("ABC")
    )
    registration = make.registration(event, ada)
    booking.book(mine, registration, by=BY, at=NOW)
    for other in make.crowd(event, 4):
        booking.book(full, other, by=BY, at=NOW)
    booking.book(full, registration, by=BY, at=NOW)

    ticket = Booking.objects.get(session=full, member=ada).ticket

    assert ticket == 5
    assert lines(desk, ada) == [("A", "Booked", ""), ("B", "3rd on the waiting list", "")]
    assert buttons(desk, ada) == ["Give up their place", "Leave the waiting list"]
    assert gone.title not in [title for title, _, _ in lines(desk, ada)]


def test_an_offer_is_shown_with_its_deadline_and_a_choice_as_one(desk, ada):
    event = make.event()
    old, new = make.workshop(event, title="Old"), make.workshop(event, title="New", capacity=1)
    registration = make.registration(event, ada)
    holder = booking.book(new, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(new, registration, by=BY, at=NOW)
    booking.book(old, registration, by=BY, at=NOW)
    booking.cancel(holder, by=BY, at=NOW)

    (_, held, until), (_, booked, _) = lines(desk, ada)

    assert (held, booked) == ("A place is held for them", "Booked")
    assert until.startswith("Until ")
    assert buttons(desk, ada)[:2] == ["Accept for them", "Decline for them"]


def test_a_choice_before_booking_opens_is_one(desk, ada):
    event = make.event(booking_opens_at=NOW + timedelta(days=3))
    choices.choose(make.workshop(event, title="A"), make.registration(event, ada), by=BY, at=NOW)

    assert lines(desk, ada) == [("A", "Chosen", "")]


def test_the_line_of_the_event_is_a_position_too(desk, ada):
    event = make.event()
    make.registration(event, make.member("Bo"), status="waiting", ticket=4)
    make.registration(event, ada, status="waiting", ticket=9)

    assert "2nd on the waiting list of the event" in page(desk, ada)


def test_the_next_event_they_come_to_is_shown_and_another_is_one_press_away(desk, ada):
    soon, later = make.event(title="Soon"), make.event(title="Later", slug="later")
    make.registration(later, ada)

    assert desk.get(f"/team/people/{ada.pk}/").context["shown"].in_event.event == later
    assert desk.get(f"/team/people/{ada.pk}/?event={soon.slug}").context["shown"].in_event.event == soon
    assert desk.get(f"/team/people/{ada.pk}/?event=none").context["shown"].in_event.event == later


def test_an_event_that_they_cancelled_or_that_is_a_draft_again_does_not_come_first(desk, ada):
    soon, later, draft = make.event(title="Soon"), make.event(title="Later"), make.event(status="draft")
    make.registration(soon, ada, status="cancelled")
    make.registration(later, ada)
    make.registration(draft, ada)

    shown = desk.get(f"/team/people/{ada.pk}/").context["shown"].in_event

    assert shown.event == later
    assert draft not in shown.others


def test_there_being_needs_is_all_that_is_said_and_to_who_may_see_them_alone(desk, ada):
    registration = make.registration(make.event(), ada)
    make.needs(registration, "Captions, please")

    told, blind = page(desk, ada), page(only("events.view_session"), ada)

    assert "They told access needs" in told
    assert "Captions" not in told
    assert "access needs</" not in blind
    assert "told access needs" not in blind
    assert "told no access needs" not in blind


@pytest.mark.parametrize(
    ("right", "heading"),
    [("events.view_session", 'id="event"'), ("notifications.view_message", 'id="emails"')],
)
def test_events_and_emails_are_for_who_may_see_them(ada, right, heading):
    make.registration(make.event(), ada)
    outbox.enqueue("membership-approved", at=NOW, key="one", member=ada)

    assert heading in page(only(right), ada)
    assert heading not in page(only(), ada)
    blind = only().get(f"/team/people/{ada.pk}/").context["shown"]
    assert (blind.in_event, blind.emails, blind.comments) == (None, None, None)


def test_what_happened_is_told_as_far_as_the_reader_may_know(desk, ada):
    event = make.event(title="Gathering")
    registration = make.registration(event, ada)
    booking.book(make.workshop(event, title="River"), registration, by=BY, at=NOW)
    addresses.correct(ada, "new@nhs.example", by=make.member("Sue", is_superuser=True, is_staff=True), at=NOW)

    seen = [
        (one.what, one.about, one.who)
        for one in desk.get(f"/team/people/{ada.pk}/").context["shown"].activity
    ]
    blind = [one.what for one in only().get(f"/team/people/{ada.pk}/").context["shown"].activity]

    assert ("Booked a place", "River", "A command on the server") in seen
    assert ("Corrected the email address", "", "Sue") in seen
    assert blind == ["Corrected the email address"]


def test_that_needs_were_written_down_is_not_told_to_who_may_not_see_them(ada):
    event = make.event()
    from_page = Client()
    from_page.force_login(ada)
    from_page.post(f"/events/{event.slug}/register/", {"needs": "Captions"})

    blind = [
        one.what
        for one in only("events.view_session").get(f"/team/people/{ada.pk}/").context["shown"].activity
    ]

    assert blind == ["Registered"]


def test_emails_are_the_latest_ten_with_their_state(desk, ada):
    for number in range(11):
        outbox.enqueue("membership-approved", at=NOW, key=f"{number}", member=ada)
    Message.objects.filter(key="10").update(state="failed", subject="You are a member")
    Message.objects.filter(key="9").update(state="superseded")

    shown = desk.get(f"/team/people/{ada.pk}/").context["shown"].emails

    assert len(shown) == 10
    assert (shown[0].what, shown[0].word.label) == ("You are a member", "Failed")
    assert "9" not in [one.message.key for one in shown]


def test_that_they_asked_to_be_erased_is_said_first(desk, ada):
    erasure.ask(ada, by=ada, at=NOW)

    assert "They asked to be erased" in page(desk, ada)


def test_of_a_colleague_nothing_can_be_decided_but_by_a_superuser(desk, admin):
    colleague = people.staff("Moderator")

    assert "only a superuser changes their membership" in page(desk, colleague)
    assert "End the membership" not in page(desk, colleague)
    assert "End the membership" in page(admin, colleague)


def test_nobody_is_not_found(desk):
    assert desk.get("/team/people/9999999/").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 100])
def test_the_page_asks_the_same_of_one_booking_and_of_a_hundred(desk, ada, sam, number):
    event = make.event()
    registration = make.registration(event, ada)
    sessions = [
        make.workshop(event, day=n // 40, hour=(n % 40) * 0.5, hours=0.4, capacity=50) for n in range(number)
    ]
    for session in sessions:
        make.host(session)
    make.known_to_the_planner()
    for n, session in enumerate(sessions):
        booking.book(session, registration, by=BY, at=NOW)
        notes.leave(ada, f"Note {n}", by=sam, at=NOW)
        outbox.enqueue("membership-approved", at=NOW, key=f"{n}", member=ada)
    desk.get(f"/team/people/{ada.pk}/")

    with CaptureQueriesContext(connection) as asked:
        shown = desk.get(f"/team/people/{ada.pk}/").context["shown"]

    assert len(shown.in_event.lines) == number
    assert len(asked) == 21
