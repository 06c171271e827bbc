"""One press in a letter leads to a page without log-in that asks once, and gives one place up."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from audit.acts import Act
from audit.models import Entry
from common import sealing
from members import email_choices
from tests import make
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.places.state import statuses
from workshops.letters import give_up_keys
from workshops.places import booking
from workshops.programme import cancelling, changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def place(event, ada):
    return booking.book(make.workshop(event, title="Run charts", capacity=1), ada, by=BY, at=NOW)


@pytest.fixture
def path(event, place):
    return give_up_keys.url(event, place.pk, until=place.during.lower).partition("8000")[2]


def read(path, status=200):
    answer = Client().get(path)
    assert answer.status_code == status
    return flat(answer.content.decode())


def press(path):
    return flat(Client().post(path, follow=True).content.decode())


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_it_changes_nothing_and_asks(path, place, method):
    answer = getattr(Client(), method)(path)

    assert answer.status_code == 200
    assert statuses(place) == ["booked"]
    page = read(path)
    assert "Give up your place in “Run charts”?" in page
    assert "Nobody is waiting for a place, so you could book it again." in page
    assert "Ada" not in page


def test_one_confirmation_gives_it_up_and_the_page_says_what_became_of_it(path, place):
    page = press(path)

    assert statuses(place) == ["cancelled"]
    assert "You gave up your place in “Run charts”" in page
    assert "It is free for others." in page
    assert Entry.objects.filter(act=Act.BOOKING_CANCELLED, member_id=place.member_id).count() == 1


def test_the_first_in_line_has_it_at_once_and_the_page_says_so(event, path, place):
    bo = booking.book(place.session, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    assert "1 person is waiting for a place" in read(path)

    page = press(path)

    assert statuses(place, bo) == ["cancelled", "booked"]
    assert "Somebody who waited has it now." in page


def test_pressing_twice_is_the_same(path, place):
    press(path)

    assert "You gave up your place in “Run charts”" in press(path)
    assert Entry.objects.filter(act=Act.BOOKING_CANCELLED).count() == 1


def test_a_place_that_was_booked_anew_is_not_given_up_by_an_old_letter(event, ada, path, place):
    press(path)
    again = booking.book(place.session, ada, by=BY, at=NOW)

    press(path)

    assert statuses(again) == ["booked"]


def test_it_opens_nothing_once_the_session_has_started(path, place):
    with time_machine.travel(place.during.lower, tick=False):
        page = press(path)

    assert "It is too late to give up your place in “Run charts” here" in page
    assert statuses(place) == ["booked"]


def test_a_session_that_moved_later_is_given_up_on_the_agenda(path, place):
    late = place.during.lower
    changes.save_session(make.later(place.session, timedelta(hours=3)), by=BY, at=NOW)

    with time_machine.travel(late, tick=False):
        page = press(path)

    assert "It is too late" in page
    assert statuses(place) == ["booked"]


def test_a_cancelled_session_has_nothing_to_give_up(path, place):
    seen = cancelling.look(place.session, at=NOW).fingerprint
    cancelling.cancel(place.session, "Because.", by=BY, at=NOW, seen=seen)

    page = read(path)

    assert "You have no place in “Run charts” any more" in page
    assert "It does not take place" in page


def test_what_was_made_up_or_is_of_another_event_or_for_another_purpose_opens_nothing(
    event, ada, place, path
):
    other = make.event(slug="2027")
    token = path.rstrip("/").rpartition("/")[2]
    says = f"{place.pk} {place.during.lower.isoformat()}".encode()
    foreign = sealing.box(email_choices.PURPOSE).encrypt(says).decode().rstrip("=")

    for wrong in (f"/events/{other.slug}/give-up/{token}/", f"/events/2026/give-up/{token[:-3]}aaa/"):
        read(wrong, 404)
    read(f"/events/2026/give-up/{foreign}/", 404)


def test_the_address_says_neither_who_nor_what(path, place):
    assert str(place.pk) not in path.split("/")
    assert "run-charts" not in path


def test_it_is_kept_by_nobody_and_found_by_no_search(path):
    answer = Client().get(path)

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
