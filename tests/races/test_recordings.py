"""A recording is published while a host takes their word back, or while what is said is changed."""

from functools import partial

import pytest

from audit.acts import Act as Acts
from audit.models import Entry
from events.models import Session
from recordings import agreeing, publishing, transcripts
from recordings.models import Consent, Recording
from recordings.refusals import RecordingRefused
from tests import make
from tests.make import BY, NOW
from tests.races.together import Act, holding, together, until_blocked

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

#: What a host who takes their word back writes, and has not committed.
DECLINES = """
    WITH one AS (SELECT id FROM events_session WHERE id = %s FOR NO KEY UPDATE)
    UPDATE recordings_consent SET answer = 'declined' WHERE session_id IN (SELECT id FROM one)
"""
#: What the team that publishes holds.
PUBLISHES = "SELECT 1 FROM events_session WHERE id = %s FOR NO KEY UPDATE"
UNREAD = "UPDATE recordings_recording SET read_at = NULL, words = '', version = 9 WHERE session_id = %s"
NOT_RECORDED = "UPDATE events_session SET is_recorded = false WHERE id = %s"


def ready() -> Recording:
    """A recording that only has to be published: its host agrees, and the team has read it."""
    session = make.session(make.event(), is_recorded=True)
    host = make.host(session, "Hana Evans", member=make.member("Hana Evans"))
    told = {"title": "Flow", "url": "https://video.example/1", "seconds": 60}
    made = publishing.add_link(session, by=BY, at=NOW, **told)
    agreeing.answer(session, host, agrees=True, by=BY, at=NOW)
    transcripts.give_text(made.pk, "Welcome.", by=BY, at=NOW)
    transcripts.read(made.pk, seen=1, by=make.member("Tess"), at=NOW)
    return made


def publish(recording: Recording) -> str:
    try:
        publishing.publish(recording.pk, by=BY, at=NOW)
    except RecordingRefused as refused:
        return str(refused)
    return "published"


def decline(recording: Recording) -> None:
    session = Session.objects.get(pk=recording.session_id)
    agreeing.answer(session, session.contributors.get(), agrees=False, by=BY, at=NOW)


@pytest.mark.parametrize(
    ("meanwhile", "says"),
    [
        (DECLINES, "Not agreed yet: Hana Evans. Everybody who hosts or speaks has to."),
        (NOT_RECORDED, "The session says that it is not recorded"),
        (UNREAD, "Nobody of the team has read the transcript. Read it first."),
    ],
    ids=["a host declines", "it is not recorded", "it is to be read anew"],
)
def test_who_publishes_waits_for_what_is_just_changed_and_is_told_why_not(meanwhile, says):
    recording = ready()

    with holding(meanwhile, recording.session_id):
        publishing_ = Act(lambda: publish(recording))
        until_blocked()

    assert says in publishing_.wait()
    assert not Recording.objects.get().is_published


def test_a_host_who_declines_while_it_is_published_waits_and_takes_it_off():
    recording = ready()
    publish(recording)

    with holding(PUBLISHES, recording.session_id):
        declining = Act(lambda: decline(recording))
        until_blocked()
    declining.wait()

    assert Consent.objects.get().answer == "declined"
    assert not Recording.objects.shown(NOW).exists()


def test_nothing_is_published_after_a_host_has_declined_whoever_is_quicker():
    for _ in range(6):
        recording = ready()

        together(partial(publish, recording), partial(decline, recording))

        entries = Entry.objects.filter(act__in=(Acts.RECORDING_PUBLISHED, Acts.RECORDING_DECLINED))
        acts = list(entries.order_by("-pk").values_list("act", flat=True)[:2])
        assert acts[0] == Acts.RECORDING_DECLINED
        assert not Recording.objects.shown(NOW).exists()


def test_six_who_publish_at_once_publish_once():
    recording = ready()

    found = together(*[lambda: publish(recording)] * 6)

    assert found == ["published"] * 6
    assert Entry.objects.filter(act=Acts.RECORDING_PUBLISHED).count() == 1


def test_six_who_note_that_they_have_read_it_are_one_entry_and_what_is_read_is_what_was_given():
    recording = ready()
    transcripts.give_text(recording.pk, "Anew.", by=BY, at=NOW)
    tess = make.member("Tess")

    def read():
        return transcripts.read(recording.pk, seen=2, by=tess, at=NOW)

    together(*[read] * 6)

    assert Entry.objects.filter(act=Acts.TRANSCRIPT_READ).count() == 2
    assert Recording.objects.get().words == "Anew."


def test_a_transcript_given_while_another_is_read_has_to_be_read():
    recording = ready()
    tess = make.member("Tess")
    for number in range(2, 7):
        transcripts.give_text(recording.pk, f"Of {number}.", by=BY, at=NOW)
        seen = Recording.objects.get().version

        def read(seen=seen):
            try:
                transcripts.read(recording.pk, seen=seen, by=tess, at=NOW)
            except RecordingRefused:
                return "changed"
            return "read"

        together(read, lambda: transcripts.give_text(recording.pk, "Newer.", by=BY, at=NOW))

        now = Recording.objects.get()
        assert (now.read_at, now.words, now.cues[0]["text"]) == (None, "", "Newer.")
