"""How many presses and fields it takes to help a caller, walked along what the pages offer."""

import re
from dataclasses import dataclass, field
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from events.models import Event
from members.models import Member
from tests import make
from tests.make import BY, NOW
from tests.markup import flat
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@dataclass
class Walk:
    """Somebody who goes from page to page by what stands on it, without a script."""

    client: Client
    path: str = "/team/"
    presses: int = 0
    fields: int = 0
    page: str = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.client.get(self.path).text

    def search(self, words: str) -> None:
        """Type into the one search field of the page, and press its button."""
        (form,) = re.findall(r'<form[^>]*role="search".*?</form>', self.page, re.DOTALL)
        (action,) = re.findall(r'action="([^"]+)"', form)
        assert re.search(r'<input[^>]*name="q"', form)
        self.fields += 1
        self._come(self.client.get(unescape(action), {"q": words}, follow=True))

    def follow(self, words: str) -> None:
        """Press the one link that says this."""
        links = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', self.page, re.DOTALL)
        (path,) = {unescape(href) for href, said in links if flat(strip_tags(said)).strip() == words}
        self._come(self.client.get(path, follow=True))

    def press(self, words: str) -> None:
        """Press the first button that begins so, with what its form carries unseen."""
        forms = re.findall(r'<form[^>]*method="post".*?</form>', self.page, re.DOTALL)
        form = next(one for one in forms if f">{words}" in re.sub(r">\s+", ">", one))
        (action,) = re.findall(r'action="([^"]+)"', form) or [self.path]
        carried = {
            unescape(name): unescape(value)
            for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
        }
        for name, value in re.findall(r'type="submit"\s+name="([^"]+)"\s+value="([^"]*)"', form):
            carried[name] = unescape(value)
        self._come(self.client.post(unescape(action), carried, follow=True))

    def _come(self, answer: object) -> None:
        self.page = answer.text  # type: ignore[attr-defined]  # as Django's test client answers
        self.path = answer.request["PATH_INFO"]  # type: ignore[attr-defined]  # the test client adds it
        self.presses += 1


@pytest.fixture
def caller() -> Member:
    """Ada, who is third in a line."""
    event = make.event()
    ada, session = make.member("Ada Byron"), make.workshop(event, title="River", capacity=0)
    for one in (*make.crowd(event, 2), make.registration(event, ada)):
        booking.book(session, one, by=BY, at=NOW)
    return ada


def test_the_state_of_a_caller_is_two_presses_and_one_field_away(desk, caller):
    walk = Walk(desk)

    walk.search("ada")
    walk.follow("Ada Byron")

    assert "3rd on the waiting list" in walk.page
    assert (walk.presses, walk.fields) == (2, 1)


def test_by_their_address_it_is_one_press(desk, caller):
    walk = Walk(desk)

    walk.search(caller.email)

    assert "3rd on the waiting list" in walk.page
    assert (walk.presses, walk.fields) == (1, 1)


def test_a_session_is_booked_for_a_caller_in_four_presses_and_two_fields(desk, caller):
    make.workshop(Event.objects.get(), title="Rota as kindness", hour=15)
    walk = Walk(desk)

    walk.search(caller.email)
    walk.follow("Book a session for them")
    walk.search("rota")
    walk.press("Book a place")

    assert "Rota as kindness: booked for them." in walk.page
    assert Booking.objects.filter(member=caller, status="booked").exists()
    assert (walk.presses, walk.fields) == (4, 2)


def test_who_waits_for_approval_is_a_member_after_two_presses(desk):
    winnie = make.member("Winnie", membership="waiting")
    walk = Walk(desk)

    walk.search(winnie.email)
    walk.press("Approve")

    assert Member.objects.get(pk=winnie.pk).is_member
    assert (walk.presses, walk.fields) == (2, 1)


def test_who_is_in_line_leaves_it_in_three_presses_one_of_which_asks(desk, caller):
    walk = Walk(desk)

    walk.search(caller.email)
    walk.follow("Leave the waiting list: River")
    walk.press("Leave the waiting list")

    assert Booking.objects.get(member=caller).status == "cancelled"
    assert walk.presses == 3
