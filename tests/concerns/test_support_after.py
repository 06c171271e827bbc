"""After a hard session its page says who listens, from its end until the end of its day."""

from datetime import timedelta

import pytest
import time_machine

from tests import make
from tests.contracts import people
from tests.found import found

pytestmark = pytest.mark.django_db
PAGE = "/events/2026/sessions/flow/"


@pytest.fixture
def session():
    return make.session(make.event(slug="2026"), slug="flow", support_after="Ring **Samaritans**.")


@pytest.mark.parametrize(
    ("after", "is_there"),
    [
        (timedelta(minutes=-1), False),
        (timedelta(0), True),
        (timedelta(hours=12), True),
        (timedelta(hours=14), False),
    ],
)
def test_its_page_says_who_listens_from_its_end_until_the_end_of_its_day(session, after, is_there):
    with time_machine.travel(found(session.ends_at) + after, tick=False):
        html = people.reader().get(PAGE).text

    assert ("<strong>Samaritans</strong>" in html) == is_there


def test_a_session_that_was_cancelled_offers_nothing(session):
    session.status = "cancelled"
    session.save()

    with time_machine.travel(found(session.ends_at), tick=False):
        assert "Samaritans" not in people.reader().get(PAGE).text


def test_a_session_without_words_says_nothing(session):
    session.support_after = ""
    session.save()

    with time_machine.travel(found(session.ends_at), tick=False):
        assert "Take a moment" not in people.reader().get(PAGE).text


def test_now_and_next_says_who_listens_from_its_end_and_leads_to_a_concern(session):
    ada = make.registration(session.event, make.member("Ada"))

    for after, is_there in ((timedelta(minutes=-1), False), (timedelta(minutes=1), True)):
        with time_machine.travel(found(session.ends_at) + after, tick=False):
            html = people.reader(ada.member).get("/events/2026/live/").text

        assert ("<strong>Samaritans</strong>" in html) == is_there
        assert "/events/2026/concern/" in html
