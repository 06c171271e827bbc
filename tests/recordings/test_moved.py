"""What sessions with a time had in their own record waits as recordings for hosts and team."""

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from events.models import Session
from events.models.session import FILM_OR_TIME
from recordings.models import Consent, Recording
from tests import make
from tests.make import BY, NOW
from workshops.programme import changes

pytestmark = pytest.mark.django_db

migration = import_module("recordings.migrations.0004_recordings_of_sessions_with_a_time")
URL = "https://video.example/1"
FILM: dict[str, Any] = {"recording_url": URL, "transcript": "Hana: Welcome.\r\n\r\nLet us\nbegin.\n"}


@pytest.fixture
def event():
    """An event, in a database that still takes what the release before took."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE events_session DROP CONSTRAINT what_has_a_time_is_no_film")
    return make.event(slug="2026")


def move():
    with connection.schema_editor() as editor:
        migration.move(apps, editor)


def test_a_link_and_what_was_said_become_a_draft_whose_hosts_are_asked(event):
    session = make.session(event, title="Flow", hours=1.5, is_recorded=True, **FILM)
    host = make.host(session, "Hana Evans")

    move()

    found = Recording.objects.get()
    assert (found.session, found.title, found.kind, found.url, found.seconds) == (
        session, "Flow", "link", URL, 5400,
    )  # fmt: skip
    assert [cue["text"] for cue in found.cues] == ["Hana: Welcome.", "Let us begin."]
    assert (found.state, found.read_at, found.is_of_session) == ("draft", None, True)
    assert list(Consent.objects.values_list("session", "contributor", "answer")) == [
        (session.pk, host.pk, "asked")
    ]
    assert not Recording.objects.shown(datetime.now(UTC)).exists()
    assert list(Session.objects.values_list("recording_url", "transcript")) == [("", "")]


def test_what_was_said_without_a_link_becomes_a_recording_without_one(event):
    make.session(event, transcript="Welcome.")

    move()

    assert list(Recording.objects.values_list("kind", "url", "cues__0__text")) == [("text", "", "Welcome.")]


def test_an_address_of_http_is_a_link_to_look_at_and_no_sentence_for_readers(event):
    make.session(event, recording_url="http://old.example/v")

    move()

    assert list(Recording.objects.values_list("kind", "url", "about")) == [
        ("link", "https://old.example/v", "")
    ]


@pytest.mark.parametrize("is_recorded", [True, False])
def test_what_was_written_of_a_session_that_is_not_recorded_was_written_separately(event, is_recorded):
    make.session(event, transcript="Welcome.", is_recorded=is_recorded)

    move()

    assert Recording.objects.get().is_of_session == is_recorded


def test_an_answer_that_there_is_stays_and_the_same_link_is_not_there_twice(event):
    session = make.session(event, is_recorded=True, **FILM)
    agreed = {"answer": "agreed", "asked_at": NOW, "answered_at": NOW}
    Consent.objects.create(session=session, contributor=make.host(session), **agreed)
    Recording.objects.create(session=session, kind="link", url=URL, seconds=9, added_at=NOW)
    other = make.session(event, recording_url=URL)
    Recording.objects.create(session=other, kind="link", url=URL, seconds=9, added_at=NOW)

    move()

    assert Consent.objects.get().answer == "agreed"
    kinds = Recording.objects.filter(session=session).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["link", "text"]
    assert Recording.objects.filter(session=other).count() == 1


def test_what_has_no_time_keeps_its_film_and_programmes_are_read_anew(event):
    film = make.session(event, starts_at=None, ends_at=None, format="on-demand", **FILM)
    event.refresh_from_db()

    move()

    film.refresh_from_db()
    assert (film.recording_url, film.transcript) == (URL, FILM["transcript"])
    assert type(event).objects.get().version == event.version
    make.session(event, **FILM)
    event.refresh_from_db()
    move()
    assert type(event).objects.get().version == event.version + 1
    assert Recording.objects.count() == 1


def test_what_the_release_before_saved_meanwhile_is_moved_before_it_is_checked(event):
    session = make.session(event, **FILM)
    loader = MigrationLoader(connection)
    settle_triggers()
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE events_session ADD CONSTRAINT what_has_a_time_is_no_film CHECK "
            "(starts_at IS NULL OR (recording_url = '' AND transcript = '')) NOT VALID"
        )

    for name in ("0026_what_was_saved_meanwhile_is_moved", "0027_films_without_a_time_are_checked"):
        state = loader.project_state(("events", name), at_end=False)
        with connection.schema_editor() as editor:
            loader.get_migration("events", name).apply(state, editor)
        settle_triggers()

    assert Recording.objects.get().session == session
    with connection.cursor() as cursor:
        cursor.execute("SELECT convalidated FROM pg_constraint WHERE conname = 'what_has_a_time_is_no_film'")
        assert cursor.fetchall() == [(True,)]


def settle_triggers():
    """What the end of a transaction would do: a test has one for all."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_database_refuses_a_film_with_a_time():
    event = make.event()
    films: tuple[dict[str, Any], ...] = ({"recording_url": URL}, {"transcript": "Welcome."})
    for film in films:
        with pytest.raises(IntegrityError, match="what_has_a_time_is_no_film"), transaction.atomic():
            make.session(event, **film)


def test_a_film_that_gets_a_time_is_refused_in_words():
    event = make.event()
    film = make.session(event, starts_at=None, ends_at=None, transcript="Welcome.")
    film.starts_at, film.ends_at = NOW, NOW.replace(hour=NOW.hour + 1)

    with pytest.raises(changes.FilmWithATime) as refused:
        changes.save_session(film, by=BY, at=NOW)
    with pytest.raises(changes.FilmWithATime), transaction.atomic():
        changes.write_quietly([film], ["starts_at", "ends_at"], by=BY, at=NOW)
    with pytest.raises(ValidationError) as invalid:
        film.full_clean()

    assert str(refused.value) == FILM_OR_TIME
    assert FILM_OR_TIME in invalid.value.messages
    assert Session.objects.get().starts_at is None
