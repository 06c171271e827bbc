"""Feedback: asked once of those registered, kept of nobody, shown of at least five together."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from events.models import Event
from learning.feedback import answering, asking, results
from learning.feedback.asking import FeedbackRefused
from learning.models import Feedback, FeedbackGiven
from tests import make
from tests.found import found
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make.event()


@pytest.fixture
def session(event):
    return make.session(event)


@pytest.fixture
def after(session):
    return found(session.ends_at)


def give(registration, session, answers=None, *, at, asked=None):
    asked = asking.questions(registration.event) if asked is None else asked
    return answering.give(registration, session, answers or {"1": 4}, asked=asked, at=at)


def crowd_gives(event, session, number, *, at):
    for registration in make.crowd(event, number):
        give(registration, session, {"1": 5, "2": "Listening"}, at=at)


def test_an_answer_is_kept_without_whoever_gave_it_and_when(event, session, after):
    ada = make.registration(event, make.member("Ada"))

    assert give(ada, session, {"1": 4, "3": "More time"}, at=after)

    sheet = Feedback.objects.get()
    assert (sheet.session, sheet.answers) == (session, {"1": 4, "3": "More time"})
    columns = {field.attname for field in Feedback._meta.concrete_fields}
    assert columns == {"id", "event_id", "session_id", "answers", "shown", "mixed"}
    assert {field.attname for field in FeedbackGiven._meta.concrete_fields} == {
        *("id", "registration_id", "session_id")
    }


def test_a_second_answer_is_not_taken(event, session, after):
    ada = make.registration(event, make.member("Ada"))

    answers = [give(ada, session, at=after), give(ada, session, {"1": 1}, at=after)]

    assert answers == [True, False]
    assert list(Feedback.objects.filter(session=session).values_list("answers", flat=True)) == [{"1": 4}]


@pytest.mark.parametrize("is_of_session", [True, False])
def test_the_database_refuses_a_second_one(event, session, is_of_session):
    ada = make.registration(event, make.member("Ada"))
    about = session if is_of_session else None
    FeedbackGiven.objects.create(registration=ada, session=about)

    with pytest.raises(IntegrityError, match=answering.ONCE[not is_of_session]), transaction.atomic():
        FeedbackGiven.objects.create(registration=ada, session=about)


def test_who_is_not_registered_is_not_asked(event, session, after):
    ada = make.registration(event, make.member("Ada"), status="cancelled")

    with pytest.raises(FeedbackRefused, match="registered"):
        give(ada, session, at=after)


def test_before_its_end_and_four_weeks_after_the_event_nothing_is_taken(event, session, after):
    ada = make.registration(event, make.member("Ada"))
    late = after + timedelta(days=30)

    for at in (after - timedelta(seconds=1), late):
        with pytest.raises(FeedbackRefused, match="not taken now"):
            give(ada, session, at=at)
    assert not FeedbackGiven.objects.exists()


def test_an_empty_sheet_is_not_taken(event, session, after):
    ada = make.registration(event, make.member("Ada"))

    with pytest.raises(FeedbackRefused, match="at least one"):
        answering.give(ada, session, {}, asked=asking.questions(event), at=after)


def test_answers_to_questions_that_have_changed_are_not_taken(event, session, after):
    ada, before = make.registration(event, make.member("Ada")), asking.questions(event)
    asking.ask(event, [("words", "What was missing?")], by=BY, at=NOW)

    with pytest.raises(FeedbackRefused, match="changed meanwhile"):
        give(ada, session, at=after, asked=before)


def test_questions_stay_once_somebody_has_answered(event, session, after):
    give(make.registration(event, make.member("Ada")), session, at=after)

    with pytest.raises(FeedbackRefused, match="stay as they are"):
        asking.ask(event, [("words", "What was missing?")], by=BY, at=NOW)


def test_the_usual_questions_are_asked_unless_the_team_writes_others(event):
    assert [one.kind for one in asking.questions(event)] == ["scale", "words", "words"]

    asking.ask(event, [("words", "What was missing?")], by=BY, at=NOW)

    assert [(one.position, one.words) for one in asking.questions(event)] == [(1, "What was missing?")]


def test_a_session_is_shown_from_five_answers_on(event, session, after):
    crowd_gives(event, session, 4, at=after)
    assert results.of_session(session) is None

    crowd_gives(event, session, 1, at=after)
    group = found(results.of_session(session))

    assert group.people == 5
    assert group.answered[0].average == 5.0
    assert group.answered[1].words == ["Listening"] * 5


def test_one_more_answer_shows_nothing_new(event, session, after):
    crowd_gives(event, session, 5, at=after)
    before = results.results(event, at=after)
    give(make.registration(event, make.member("Ada")), session, {"1": 1, "2": "Mine"}, at=after)

    now = results.results(event, at=after)

    assert (now.sessions, now.waiting) == (before.sessions, 1)
    assert found(results.of_session(session)).people == 5


def test_a_question_that_fewer_than_five_answered_is_left_out(event, session, after):
    give(make.registration(event, make.member("Ada")), session, {"3": "Mine"}, at=after)
    for registration in make.crowd(event, 4):
        give(registration, session, {"1": 5}, at=after)

    group = found(results.of_session(session))

    assert (group.people, group.answered) == (5, [])


def test_what_is_left_is_told_together_once_feedback_has_closed(event, session, after):
    crowd_gives(event, session, 3, at=after)
    crowd_gives(event, make.session(event), 2, at=after)
    closed = after + timedelta(days=30)

    open_, late = results.results(event, at=after), results.results(event, at=closed)

    assert (open_.rest, open_.waiting) == (None, 5)
    assert (found(late.rest).people, late.waiting) == (5, 0)


def test_of_four_nothing_is_ever_told(event, session, after):
    crowd_gives(event, session, 4, at=after)

    late = results.results(event, at=after + timedelta(days=30))

    assert (late.sessions, late.rest, late.waiting) == ([], None, 4)


def test_a_host_does_not_answer_about_their_own_session(event, session, after):
    ada = make.registration(event, make.member("Ada"))
    make.host(session, "Ada", member=ada.member)

    with pytest.raises(FeedbackRefused, match="You host or speak"):
        give(ada, session, at=after)


def test_each_hour_sheets_and_who_gave_them_are_written_anew(event, session, after):
    crowd_gives(event, session, 5, at=after)
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in (Feedback, FeedbackGiven)}
    gave = set(FeedbackGiven.objects.values_list("registration", "session"))
    answers = {"1": 5, "2": "Listening"}

    assert answering.mix(at=after) == 5
    assert answering.mix(at=after) == 0

    for model, ids in before.items():
        assert not ids & set(model.objects.values_list("pk", flat=True))
    assert set(FeedbackGiven.objects.values_list("registration", "session")) == gave
    assert Feedback.objects.filter(session=session, shown=True, answers=answers).count() == 5
