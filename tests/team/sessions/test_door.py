"""The list for the door: all who are registered, by name, and nothing else of them."""

import re
from datetime import timedelta

import pytest
import time_machine

from events.models import Registration
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

PAGE = "/team/events/2026/door/"


def page(path: str = PAGE) -> str:
    return flat(people.reader(people.staff("Event admin", "Support")).get(path).text)


def names(html: str) -> list[str]:
    return [re.sub("<[^>]*>", "", one) for one in re.findall(r'<th scope="row">(.*?)</th>', html)]


def test_it_names_all_who_are_registered_as_people_look_for_names():
    event = make.event(slug="2026", place="in-person")
    for name in ("Zoë", "ada", "Éamon", "Bo"):
        make.registration(event, make.member(name))
    for status, ticket in (("received", None), ("waiting", 1), ("cancelled", None)):
        make.registration(event, make.member(status.title()), status=status, ticket=ticket)
    make.registration(make.event(), make.member("Elsewhere"))

    assert names(page()) == ["ada", "Bo", "Éamon", "Zoë"]
    assert "4 registered" in page()


def test_it_holds_no_more_than_the_name_but_where_two_have_the_same():
    event = make.event(slug="2026", place="both")
    for name, organisation in (("Ada", "Ward 7"), ("Ada", "Liffey Care"), ("Ada", ""), ("Bo", "Bo’s trust")):
        made = make.registration(event, make.member(name, organisation=organisation))
        make.needs(made, "A quiet room", shared=True)

    assert names(page()) == ["Ada, Ward 7", "Ada, Liffey Care", "Ada", "Bo"]
    assert [word for word in ("quiet room", "example.org", "Bo’s trust") if word in page()] == []


def test_a_name_is_text_whatever_is_in_it():
    make.registration(make.event(slug="2026"), make.member("<b>Bo</b> & co"))

    assert "<bdi>&lt;b&gt;Bo&lt;/b&gt; &amp; co</bdi>" in page()


def test_before_anybody_is_registered_it_says_what_will_be_there():
    make.event(slug="2026")

    assert "Nobody yet." in page()


def test_ten_or_thirty_people_are_one_query(django_assert_num_queries):
    event = make.event(slug="2026")
    staff = people.staff("Event admin")
    for count in (1, 30):
        for _ in range(count):
            make.registration(event, make.member("Ada"))
        client = people.reader(staff)
        client.get(PAGE)
        with django_assert_num_queries(7):
            client.get(PAGE)
    assert Registration.objects.count() == 31


@pytest.mark.parametrize(("place", "is_there"), [("online", False), ("in-person", True), ("both", True)])
def test_the_event_and_the_first_page_lead_to_it_where_people_come_through_a_door(place, is_there):
    make.event(slug="2026", place=place)

    assert (PAGE in page("/team/events/2026/")) == is_there
    assert PAGE not in page("/team/")
    with time_machine.travel(NOW.replace(day=17) + timedelta(hours=3), tick=False):
        assert (PAGE in page("/team/")) == is_there
