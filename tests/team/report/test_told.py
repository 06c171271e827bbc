"""Feedback and needs: the very numbers of their own pages, and no more to anybody."""

from datetime import timedelta

import pytest

from events import access_needs
from events.models import Event
from learning.feedback.results import results
from learning.models import Feedback
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.team.report.tables import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
PAGE = "/team/events/2026/report/"


def answered(event, session, number, mark=4, *, shown=True):
    answers = {"1": mark, "2": "Rotas as kindness"}
    Feedback.objects.bulk_create(
        Feedback(event=event, session=session, answers=answers, shown=shown) for _ in range(number)
    )


def test_what_fewer_than_five_answered_is_not_told(event, figures):
    answered(event, make.session(event), 4, shown=False)

    figure = figures()["feedback"]

    assert (figure.table, figure.picture) == (None, None)
    assert "4" not in f"{figure.result}{figure.nothing}"


def test_it_tells_what_the_page_of_feedback_tells(event, figures):
    session = make.session(event, title="Flow")
    answered(event, session, 5)
    answered(event, session, 3, mark=1, shown=False)
    answered(event, None, 10, mark=5)

    figure = figures()["feedback"]

    assert rows(figure) == [
        ("The event as a whole, and what is left of sessions", [10, "5.0"]),
        ("Flow", [5, "4.0"]),
    ]
    assert [group.people for group in results(event, at=NOW).sessions] == [5]


def test_a_question_that_fewer_than_five_answered_is_left_out(event, figures):
    session = make.session(event, title="Flow")
    answered(event, session, 4)
    Feedback.objects.create(event=event, session=session, answers={"2": "Words"}, shown=True)
    answered(event, None, 5)

    assert dict(rows(figures()["feedback"]))["Flow"] == [5, "not told"]


def test_no_word_that_somebody_wrote_is_in_the_report(event, desk):
    answered(event, make.session(event), 5)

    assert "Rotas as kindness" not in desk.get(PAGE).text


@pytest.fixture
def erased(event):
    """An event of last month where five asked for captions and four for breaks; all of it is erased."""
    over, long_ago = NOW.date() - timedelta(days=40), NOW - timedelta(days=80)
    Event.objects.filter(pk=event.pk).update(first_day=over, last_day=over)
    event.refresh_from_db()
    for kind, number in (("captions", 5), ("breaks", 4)):
        for one in make.crowd(event, number):
            make.need(
                one,
                kind,
                state="confirmed",
                was_met=True,
                asked_at=long_ago,
                state_changed_at=long_ago,
            )
    return event


def test_needs_are_told_once_they_are_erased_and_never_below_five(erased, figures):
    before = figures()["needs"]
    access_needs.forget(at=NOW)

    few = "fewer than 5"

    assert (before.table, before.nothing) == (
        None,
        "No numbers yet, or nobody asked: they come 30 days after the event.",
    )
    assert rows(figures()["needs"]) == [
        ("Live captions", ["5", "5", few, few, "5", few]),
        ("Breaks in long sessions", [few] * 6),
    ]


def test_who_may_not_see_needs_gets_no_number_of_them(erased, figures):
    access_needs.forget(at=NOW)
    reader = people.reader(people.staff("Event admin"))

    assert "needs" not in figures(sees_needs=False)
    assert "Live captions" in reader.get(PAGE).text
