"""What the search never finds."""

from datetime import timedelta
from typing import Any

import pytest

from events.models import Event
from search import finding, results
from search.finding import Asked
from tests import make
from tests.search.searching import post, titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
NOW = make.NOW


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "review"},
        {"status": "withdrawn"},
        {"published_at": NOW + timedelta(seconds=1)},
        {"status": "draft", "published_at": None},
    ],
    ids=["draft", "in review", "withdrawn", "scheduled", "new draft"],
)
def test_a_post_that_is_not_public_is_not_found(fields):
    post("Secret rota", authors=[make.member("Ada Mensah")], **fields)

    assert (titles("rota"), titles("mensah")) == ([], [])


def test_a_scheduled_post_is_found_from_its_own_second_on():
    post("Rota", published_at=NOW)

    assert titles("rota") == ["Rota"]


def test_drafts_of_sessions_and_all_of_a_draft_event_are_not_found(event: Event):
    make.host(make.session(event, title="Secret rota", status="draft"), "Mensah")
    hidden = make.event(title="Secret rotas", status="draft")
    make.host(make.session(hidden, title="Rota of a draft"), "Mensah")
    make.theme(hidden, "Rota theme of a draft")

    assert (titles("rota"), titles("mensah")) == ([], [])


def test_a_cancelled_session_is_found_and_says_so(event: Event):
    make.session(event, title="Rota", status="cancelled")
    found = finding.find(Asked("rota"), at=NOW)

    shown = results.build(found.hits, found.asked.meaning.marks, at=NOW)

    assert [(one.title.text, one.is_cancelled) for one in shown] == [("Rota", True)]


@pytest.mark.parametrize(
    "field", ["join_url", "meeting_number", "passcode", "dial_in", "recording_url", "transcript"]
)
def test_how_to_join_a_session_and_what_was_said_are_not_found(event: Event, field):
    hidden: dict[str, Any] = {field: "https://meet.example/riverbank"}
    make.session(event, title="Rota", starts_at=None, ends_at=None, **hidden)

    assert (titles("riverbank"), titles("meet.example/riverbank")) == ([], [])


def test_what_is_withdrawn_between_finding_and_showing_is_left_out():
    gone, stays = post("Rota one"), post("Rota two")
    found = finding.find(Asked("rota"), at=NOW)

    type(gone).objects.filter(pk=gone.pk).update(status="withdrawn")

    shown = results.build(found.hits, found.asked.meaning.marks, at=NOW)
    assert [one.url for one in shown] == [stays.get_absolute_url()]
