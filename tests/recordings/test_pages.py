"""Who sees what there is to watch, and what they can do with it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from events.models import Registration
from recordings import listing, marks, publishing, transcripts
from recordings.models import Mark, Recording
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.recordings.conftest import agree

pytestmark = pytest.mark.django_db
LIST = "/events/2026/on-demand/"


def client(member=None):
    return people.reader(member) if member else Client()


def page(published):
    return f"{LIST}{published.pk}/"


def test_who_is_registered_finds_it_listed_and_watches_it(published):
    ada = client(published.ada)

    listed, shown = ada.get(LIST).content.decode(), ada.get(page(published)).content.decode()

    assert "Flow, recorded" in listed
    assert "45 minutes" in listed
    assert "at video.example" in listed
    assert "Watch it on video.example" in shown
    assert "Let us begin." in shown


@pytest.mark.parametrize("status", ["received", "cancelled"])
def test_whose_registration_is_not_confirmed_does_not(published, status):
    Registration.objects.update(status=status)
    ada = client(published.ada)

    assert ada.get(page(published)).status_code == 404
    assert "Flow, recorded" not in ada.get(LIST).content.decode()


@pytest.mark.parametrize("member", [None, "Bo"])
def test_a_visitor_and_who_is_not_registered_read_who_may(published, member):
    reader = client(make.member(member) if member else None)

    answer = reader.get(LIST)

    assert "are for everybody who registered for the event" in answer.content.decode()
    assert "Flow, recorded" not in answer.content.decode()
    assert reader.get(page(published)).status_code == 404


def test_its_host_sees_a_draft_without_the_transcript_that_nobody_has_read(recorded):
    transcripts.give_text(recorded.pk, "S3CRET", by=BY, at=NOW)
    hana = client(recorded.hana.member)

    shown = hana.get(page(recorded)).content.decode()

    assert "Watch it on video.example" in shown
    assert "S3CRET" not in shown
    assert client(recorded.ada).get(page(recorded)).status_code == 404


def test_nothing_of_it_is_kept_by_browsers(published):
    answer = client(published.ada).get(page(published))

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_session_leads_there_for_those_who_may_watch(published):
    session = "/events/2026/sessions/flow/"

    assert page(published) in client(published.ada).get(session).content.decode()
    assert page(published) not in client().get(session).content.decode()


def test_what_is_marked_as_watched_is_seen_by_them_alone(published):
    ada, bo = client(published.ada), make.member("Bo")
    make.registration(published.event, bo)

    ada.post(f"{page(published)}watched/", {"is": "yes"})

    assert "Watched" in ada.get(LIST).content.decode()
    assert "Watched" not in client(bo).get(LIST).content.decode()
    ada.post(f"{page(published)}watched/", {"is": "no"})
    assert not Mark.objects.exists()


def test_both_marks_stand_by_themselves(published):
    for name in (marks.set_watched, marks.set_to_watch, marks.set_watched):
        name(published.recording, published.ada, is_so=True, at=NOW)

    marks.set_watched(published.recording, published.ada, is_so=False, at=NOW)

    assert Mark.objects.get().to_watch_at == NOW
    assert list(marks.to_watch(published.event, published.ada, at=NOW)) == [published.recording]


def test_the_agenda_has_what_was_added_to_it(published):
    ada = client(published.ada)

    ada.post(f"{page(published)}to-watch/", {"is": "yes"})

    assert "To watch when it suits you" in ada.get("/events/2026/agenda/").content.decode()
    ada.post(f"{page(published)}to-watch/", {"is": "no"})
    assert "To watch when it suits you" not in ada.get("/events/2026/agenda/").content.decode()


def test_what_was_taken_down_is_not_on_the_agenda_any_more(published):
    marks.set_to_watch(published.recording, published.ada, is_so=True, at=NOW)

    publishing.take_down(published.pk, by=BY, at=NOW)

    assert not marks.to_watch(published.event, published.ada, at=NOW)


def test_a_mark_on_what_they_may_not_watch_is_refused(published):
    bo = client(make.member("Bo"))

    assert bo.post(f"{page(published)}watched/", {"is": "yes"}).status_code == 404
    assert bo.post(f"{page(published)}to-watch/", {"is": "yes"}).status_code == 404
    assert not Mark.objects.exists()


def test_a_theme_shows_its_own(published):
    other = make.session(published.event, slug="other", is_recorded=True)
    for session, title in ((published.session, "Equity"), (other, "Data")):
        session.themes.add(make.theme(published.event, title, slug=title.lower()))
    make.session(published.event, starts_at=None, ends_at=None, recording_url="https://v.example/2",
                 title="A film").themes.add(published.event.themes.get(slug="data"))  # fmt: skip
    ada = client(published.ada)

    assert "A film" in ada.get(LIST).content.decode()
    of_data = ada.get(f"{LIST}?theme=data").content.decode()

    assert "A film" in of_data
    assert "Flow, recorded" not in of_data


AFTER = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("path", ["/events/2026/agenda/", "/events/2026/"])
def test_afterwards_their_agenda_names_what_can_be_watched_of_their_sessions(published, path):
    with time_machine.travel(AFTER, tick=False):
        ada = client(published.ada)
        shown = ada.get(path).content.decode()
        agree(published, agrees=False)
        hidden = ada.get(path).content.decode()

    assert f'<a href="{page(published)}">Flow, recorded</a>' in shown
    assert "Flow, recorded" not in hidden


def test_a_transcript_alone_is_read_like_every_other(published):
    Recording.objects.update(kind="text", url="")
    ada = client(published.ada)

    listed = ada.get(LIST).content.decode()
    shown = ada.get(page(published)).content.decode()

    assert "the transcript of 45 minutes, nothing to watch" in listed
    assert "Let us begin." in shown
    assert [word for word in ("<video", "<audio", "Watch it on", "js/recordings") if word in shown] == []
    assert ada.get(f"{page(published)}file/").status_code == 404


@pytest.mark.parametrize(
    ("seconds", "says"), [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (5_400, "1 hour 30 minutes")]
)
def test_its_length_is_said_as_it_is(published, seconds, says):
    Recording.objects.update(seconds=seconds)

    assert listing.facts_of(Recording.objects.get())[0] == says
