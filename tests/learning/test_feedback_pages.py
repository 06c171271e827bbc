"""The pages that ask for feedback, and those that show it to the team and to hosts."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from events.models import Event
from learning.models import Feedback, FeedbackQuestion
from tests import make
from tests.contracts import people
from tests.found import found
from tests.hosting.conftest import entered, hosted  # noqa: F401  # a fixture
from tests.learning.test_feedback import crowd_gives
from tests.make import BY, NOW
from tests.markup import flat
from workshops.places import booking

pytestmark = pytest.mark.django_db
PAGE = "/events/2026/feedback/"


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


@pytest.fixture
def session(event):
    return make.workshop(event, title="Flow", slug="flow")


@pytest.fixture
def ada(event, session):
    registration = make.registration(event, make.member("Ada"))
    booking.book(session, registration, by=BY, at=NOW)
    return registration


@pytest.fixture
def after(event, session, ada):
    """The evening of the event's last day."""
    with time_machine.travel(found(session.ends_at) + timedelta(days=1), tick=False):
        yield found(session.ends_at)


@pytest.fixture
def adas(ada, after) -> Client:
    return people.reader(ada.member)


def sheet(page, **answers):
    return {"seen": page.context["seen"].split('value="')[1].split('"')[0]} | {
        f"answer-{position[1:]}": value for position, value in answers.items()
    }


def test_the_session_and_the_agenda_lead_to_it_afterwards(adas):
    assert "/events/2026/sessions/flow/feedback/" in adas.get("/events/2026/sessions/flow/").text
    assert PAGE in adas.get("/events/2026/agenda/").text


def test_before_its_end_a_session_asks_nothing(ada):
    with time_machine.travel(NOW, tick=False):
        client = people.reader(ada.member)

        assert "/feedback/" not in client.get("/events/2026/sessions/flow/").text
        assert "/feedback/" not in client.get("/events/2026/agenda/").text
        assert "Questions are asked here once it is over" in flat(client.get(PAGE).text)


def test_a_sheet_is_taken_and_the_page_says_so(adas, session):
    path = "/events/2026/sessions/flow/feedback/"
    page = adas.get(path)

    answer = adas.post(path, sheet(page, _1="4", _2="Listening"), follow=True)

    assert "Thank you. Your answers are kept without your name." in answer.text
    assert Feedback.objects.values_list("session", "answers").get() == (
        session.pk,
        {"1": 4, "2": "Listening"},
    )
    assert "You have answered about this." in adas.get(path).text


def test_the_events_page_leads_to_sessions_that_are_not_answered(adas, session):
    before = adas.get(PAGE)
    path = f"/events/2026/sessions/{session.slug}/feedback/"
    adas.post(path, sheet(before, _1="4"))

    assert path in before.text
    assert path not in adas.get(PAGE).text


def test_what_was_typed_stays_where_the_questions_changed(adas, event):
    page = adas.get(PAGE)
    FeedbackQuestion.objects.create(event=event, position=2, kind="words", words="What was missing?")

    answer = adas.post(PAGE, sheet(page, _2="A break."))

    assert "The questions were changed meanwhile." in answer.text
    assert "A break." in answer.text
    assert not Feedback.objects.exists()


def test_who_is_not_registered_finds_no_page(event, after):
    assert people.reader(make.member("Bo")).get(PAGE).status_code == 404


def test_the_team_reads_five_together_and_words_the_questions(event, session, after):
    desk = people.reader(people.staff("Event admin"))
    waits = flat(desk.get("/team/events/2026/feedback/").text)
    typed = {f"kind-{number}": "words" for number in range(1, 6)} | {"words-1": "What was missing?"}
    desk.post("/team/events/2026/feedback/questions/", typed)
    words = list(FeedbackQuestion.objects.values_list("words", flat=True))
    FeedbackQuestion.objects.all().delete()
    crowd_gives(event, session, 5, at=after)

    page = flat(desk.get("/team/events/2026/feedback/").text)
    refused = desk.post("/team/events/2026/feedback/questions/", typed)

    assert "Nobody has answered yet." in waits
    assert words == ["What was missing?"]
    assert "On average 5.0 of 5." in page
    assert "the questions stay as they are" in refused.text


def test_a_host_reads_what_five_people_said(hosted):  # noqa: F811  # a fixture
    after = found(hosted.session.ends_at)
    with time_machine.travel(after + timedelta(hours=1), tick=False):
        client = entered(hosted)
        crowd_gives(hosted.event, hosted.session, 4, at=after)
        waits = flat(client.get(f"{hosted.page}feedback/").text)
        crowd_gives(hosted.event, hosted.session, 1, at=after)

        shown = flat(client.get(f"{hosted.page}feedback/").text)

    assert "once five people have answered" in waits
    assert "5 people answered" in shown


@pytest.mark.usefixtures("after")
def test_what_cannot_be_seen_is_no_answer_and_no_question(adas):
    page = adas.get(PAGE)
    root = people.reader(people.admin())

    refused = adas.post(PAGE, sheet(page, a2="Less\x1b[31m"))
    asked = root.post("/team/events/2026/feedback/questions/", {"words-1": "How\x1f?", "kind-1": "words"})

    assert "There is an invisible character after “Less”" in refused.text
    assert "There is an invisible character after “How”" in asked.text
    assert not Feedback.objects.exists()
    assert not FeedbackQuestion.objects.exists()
