"""Writing to those who come: looked at first, sent once, told how many; what was typed is kept."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from members.models import Member
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.markup import flat
from tests.workshops.places import state
from workshops.models import SessionWords

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

PAGE = "/team/events/2026/sessions/huddle/message/"


@pytest.fixture
def typed(huddle) -> dict[str, str]:
    """What was typed; two have booked, one waits."""
    state.fill(huddle, waiting=1)
    return {
        "group": "booked",
        "subject": "Bring a pen",
        "words": "We draw <b>rivers</b>.\r\n\r\nBye.",
        "submission": str(uuid4()),
    }


@pytest.fixture(autouse=True)
def _everybody_is_reached(typed) -> None:
    Member.objects.update(is_vouched_for=True)


def owed() -> int:
    return Message.objects.filter(kind="session-words").count()


def test_the_page_says_how_many_each_group_has(desk, typed):
    page = flat(desk.get(PAGE).text)

    assert "Everybody who has a place: 2" in page
    assert "Everybody who waits, or has a place held: 1" in page
    assert "Hosts and speakers: 0" in page


def test_it_is_looked_at_before_anything_is_sent(desk, typed):
    page = flat(desk.post(PAGE, typed | {"act": "look"}).text)

    assert "To: Everybody who has a place, 2 now." in page
    assert '<p class="team-letter-subject">Bring a pen</p>' in page
    assert "We draw &lt;b&gt;rivers&lt;/b&gt;." in page
    assert owed() == 0


def test_who_wrote_to_them_lately_is_said_before_a_second_is_sent(desk, typed):
    desk.post(PAGE, typed | {"act": "send"})
    again = typed | {"act": "look", "submission": str(uuid4())}

    page = flat(desk.post(PAGE, again).text)

    assert "“Bring a pen”. To: Everybody who has a place: The huddle" in page


def test_it_is_sent_once_however_often_it_is_pressed(desk, typed):
    first = desk.post(PAGE, typed | {"act": "send"}, follow=True)
    again = desk.post(PAGE, typed | {"act": "send"}, follow=True)

    assert ["2 emails are on the way." in one.text for one in (first, again)] == [True, True]
    assert owed() == 2
    assert SessionWords.objects.values_list("words", flat=True).get() == "We draw <b>rivers</b>.\n\nBye."


def test_another_message_after_going_back_is_not_taken_for_the_one_that_was_sent(desk, typed):
    desk.post(PAGE, typed | {"act": "send"})
    other = typed | {"words": "We sing instead."}

    refused = desk.post(PAGE, other | {"act": "send"})
    number = str(refused.context["form"]["submission"].value())

    assert "Another message has gone out from this form, and this one has not." in flat(refused.text)
    assert "We sing instead." in refused.text
    assert f'name="submission" value="{number}"' in flat(refused.text)
    assert number != typed["submission"]
    assert owed() == 2
    desk.post(PAGE, other | {"act": "send", "submission": number})
    assert owed() == 4


def test_hosts_who_cannot_be_emailed_are_named_before_it_is_sent(desk, huddle, typed):
    make.host(huddle, "Gus", email="gus@hosts.example")
    make.host(huddle, "Unknown", email="")

    hosts = flat(desk.post(PAGE, typed | {"act": "look", "group": "hosts"}).text)
    booked = flat(desk.post(PAGE, typed | {"act": "look"}).text)

    assert "Hosts and speakers, 1 now." in hosts
    assert "These cannot be emailed, and get nothing: <bdi>Unknown</bdi>." in hosts
    assert "These cannot be emailed" not in booked


def test_the_session_shows_how_far_it_has_come(desk, typed):
    page = flat(desk.post(PAGE, typed | {"act": "send"}, follow=True).text)

    assert "“Bring a pen”, to: Everybody who has a place" in page
    assert '<td data-heading="People">2</td><td data-heading="Sent">0</td>' in page
    assert "Wrote to those who come, wait or host: 2" in page


def test_it_can_be_changed_and_nothing_typed_is_lost(desk, typed):
    page = flat(desk.post(PAGE, typed | {"act": "change"}).text)

    assert 'value="Bring a pen"' in page
    assert "We draw &lt;b&gt;rivers&lt;/b&gt;." in page
    assert owed() == 0


@pytest.mark.parametrize("act", ["look", "send"])
def test_what_is_missing_is_said_and_nothing_is_sent(desk, typed, act):
    page = desk.post(PAGE, typed | {"act": act, "words": " ", "group": ""}).text

    assert "Write the message" in page
    assert "Choose to whom it goes" in page
    assert owed() == 0


@pytest.mark.parametrize("act", ["look", "send"])
def test_where_nobody_is_of_the_group_it_is_said(desk, typed, act):
    answer = desk.post(PAGE, typed | {"act": act, "group": "hosts"})

    assert "There is nobody to write to now, so nothing was sent." in answer.text


def test_support_does_not_write_to_many(typed):
    sam: Client = people.reader(people.staff("Support"))

    assert sam.get(PAGE).status_code == 403
    assert sam.post(PAGE, typed | {"act": "send"}).status_code == 403
    assert owed() == 0


@pytest.mark.parametrize("right", ["change_session", "view_event"])
def test_who_may_not_both_see_sessions_and_change_them_does_neither_write_nor_change_one(typed, right):
    ria = make.member("Ria", is_staff=True)
    ria.user_permissions.add(Permission.objects.get(codename=right, content_type__app_label="events"))
    their = people.reader(ria)

    pages = [PAGE, PAGE.replace("message", "change")]

    assert [their.post(page, typed | {"act": "send", "places": "9"}).status_code for page in pages] == [
        403,
        403,
    ]
    assert owed() == 0
