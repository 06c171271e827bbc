"""A transcript is read by the team before anybody sees it, as it was read."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from recordings import publishing, transcripts
from recordings.models import Recording
from recordings.refusals import RecordingRefused
from tests import make
from tests.make import BY, NOW
from tests.recordings.conftest import read

pytestmark = pytest.mark.django_db


def give(recorded, text="Welcome.", at=NOW):
    transcripts.give_text(recorded.pk, text, by=BY, at=at)


def recording():
    return Recording.objects.get()


def test_text_becomes_paragraphs(recorded):
    give(recorded, "Welcome,\r\nall.\r\n\r\n\r\nLet us begin.\r\n")

    assert [cue["text"] for cue in recording().cues] == ["Welcome, all.", "Let us begin."]
    assert not recording().has_captions


def test_it_is_found_by_its_words_only_once_it_is_read(recorded):
    give(recorded)
    assert recording().words == ""

    read(recorded, "Welcome.")

    assert recording().words == "Welcome."


def test_the_database_refuses_words_that_nobody_has_read(recorded):
    with pytest.raises(IntegrityError, match="words_that_nobody_read"), transaction.atomic():
        Recording.objects.update(words="Welcome.")


def test_what_was_changed_since_it_was_on_the_screen_is_read_again(recorded):
    give(recorded)
    seen = recording().version
    give(recorded, "Goodbye.")

    with pytest.raises(RecordingRefused, match="changed meanwhile"):
        transcripts.read(recorded.pk, seen=seen, by=make.member("Tess"), at=NOW)

    assert recording().read_at is None


def test_another_transcript_has_to_be_read_as_well(recorded):
    read(recorded)

    give(recorded, "Goodbye.")

    assert (recording().read_at, recording().read_by, recording().words) == (None, None, "")


def test_what_is_published_keeps_its_transcript(published):
    with pytest.raises(RecordingRefused, match="Take it down first"):
        give(published, "Goodbye.")


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_nothing_is_no_transcript(recorded, text):
    with pytest.raises(RecordingRefused, match="no words"):
        give(recorded, text)


def test_what_nobody_reads_goes_after_thirty_days(recorded):
    give(recorded)
    late = NOW + transcripts.UNREAD

    assert transcripts.forget(at=late) == 0
    assert transcripts.forget(at=late + timedelta(seconds=1)) == 1
    assert recording().cues == []


def test_what_was_read_stays(published):
    assert transcripts.forget(at=NOW + timedelta(days=400)) == 0
    assert recording().cues


def test_a_recording_that_is_gone_says_so(recorded):
    publishing.remove(recorded.pk, by=BY, at=NOW)

    with pytest.raises(RecordingRefused, match="has been deleted"):
        give(recorded)
