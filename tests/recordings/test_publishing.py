"""What keeps a recording from being published, and what takes it off again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from events.models import Event, Session
from recordings import agreeing, publishing, transcripts
from recordings.models import Consent, Recording
from recordings.refusals import RecordingRefused
from tests import make
from tests.make import BY, NOW
from tests.recordings.conftest import LINK, agree, read

pytestmark = pytest.mark.django_db


def state(recorded):
    return Recording.objects.get(pk=recorded.pk).state


def is_shown(recorded, at=NOW):
    return Recording.objects.shown(at).filter(pk=recorded.pk).exists()


def publish(recorded):
    publishing.publish(recorded.pk, by=BY, at=NOW)


def test_what_was_agreed_to_and_read_is_published(recorded):
    agree(recorded)
    read(recorded)

    publish(recorded)
    publish(recorded)

    assert state(recorded) == "published"
    assert is_shown(recorded)


def test_all_that_lacks_is_said_at_once(recorded):
    with pytest.raises(RecordingRefused) as refusal:
        publish(recorded)

    assert str(refusal.value) == (
        "It has no transcript. Give it captions, or what is said as text. "
        "Not agreed yet: Hana Evans. Everybody who hosts or speaks has to."
    )
    assert state(recorded) == "draft"


def test_it_is_not_published_before_the_team_has_read_the_transcript(recorded):
    agree(recorded)
    transcripts.give_text(recorded.pk, "Welcome.", by=BY, at=NOW)

    with pytest.raises(RecordingRefused, match="Nobody of the team has read the transcript"):
        publish(recorded)


def test_the_database_refuses_what_nobody_has_read(recorded):
    with pytest.raises(IntegrityError, match="nothing_is_published_before"), transaction.atomic():
        Recording.objects.update(state="published", published_at=NOW)


def test_a_recording_of_a_session_that_says_it_is_not_recorded_is_never_published(recorded):
    agree(recorded)
    read(recorded)
    Session.objects.update(is_recorded=False)

    with pytest.raises(RecordingRefused, match="The session says that it is not recorded"):
        publish(recorded)


def test_the_database_refuses_one_of_a_session_that_is_not_recorded(recorded):
    read(recorded)
    Session.objects.update(is_recorded=False)

    with pytest.raises(IntegrityError, match="not recorded"), transaction.atomic():
        Recording.objects.update(state="published", published_at=NOW)


def test_a_video_that_was_made_separately_needs_no_recorded_session(recorded):
    agree(recorded)
    read(recorded)
    Session.objects.update(is_recorded=False)
    publishing.change(recorded.pk, by=BY, at=NOW, is_of_session=False)

    publish(recorded)

    assert is_shown(recorded)


def test_what_is_published_cannot_become_one_of_a_session_that_is_not_recorded(recorded):
    Session.objects.update(is_recorded=False)
    publishing.change(recorded.pk, by=BY, at=NOW, is_of_session=False)
    agree(recorded)
    read(recorded)
    publish(recorded)

    with pytest.raises(RecordingRefused, match="The session says that it is not recorded"):
        publishing.change(recorded.pk, by=BY, at=NOW, is_of_session=True)

    assert not Recording.objects.get().is_of_session


@pytest.mark.parametrize(
    "change",
    [
        lambda one: Session.objects.update(is_recorded=False),
        lambda one: Session.objects.update(status="cancelled"),
        lambda one: Session.objects.update(status="draft"),
        lambda one: Event.objects.update(status="cancelled"),
        lambda one: Event.objects.update(status="draft"),
        lambda one: agree(one, agrees=False),
        lambda one: make.host(one.session, "Hugo"),
        lambda one: Consent.objects.all().delete(),
        lambda one: publishing.take_down(one.pk, by=BY, at=NOW),
        lambda one: publishing.change(one.pk, by=BY, at=NOW, available_until=NOW),
        lambda one: publishing.change(one.pk, by=BY, at=NOW, available_from=NOW + timedelta(seconds=1)),
    ],
    ids=[
        "not recorded after all", "session cancelled", "session a draft", "event cancelled", "event a draft",
        "a host says no", "another host", "answers gone", "taken down", "not any more", "not yet",
    ],
)  # fmt: skip
def test_whatever_happens_afterwards_takes_it_off_at_once(published, change):
    assert is_shown(published)

    change(published)

    assert not is_shown(published)


def test_it_is_there_from_and_until_to_the_second(published):
    publishing.change(
        published.pk, by=BY, at=NOW, available_from=NOW, available_until=NOW + timedelta(hours=1)
    )

    seconds = [timedelta(seconds=-1), timedelta(0), timedelta(seconds=3599), timedelta(hours=1)]

    assert [is_shown(published, NOW + one) for one in seconds] == [False, True, True, False]


def test_one_of_two_hosts_is_not_enough(recorded):
    hugo = make.host(recorded.session, "Hugo")
    agree(recorded)
    read(recorded)

    with pytest.raises(RecordingRefused, match="Not agreed yet: Hugo"):
        publish(recorded)
    agreeing.note(recorded.session, hugo, agrees=True, by=make.member("Tess"), at=NOW)
    publish(recorded)

    assert is_shown(recorded)
    assert Consent.objects.get(contributor=hugo).is_by_team


def test_whoever_declined_is_heard_also_once_they_have_left_the_session(published):
    agree(published, agrees=False)
    published.session.session_contributors.all().delete()
    assert not is_shown(published)
    publishing.take_down(published.pk, by=BY, at=NOW)

    with pytest.raises(RecordingRefused, match="Not agreed yet: Hana Evans"):
        publish(published)
    agreeing.note(published.session, published.hana, agrees=True, by=BY, at=NOW)
    publish(published)
    assert is_shown(published)


def test_whoever_has_left_the_session_does_not_answer_for_it(recorded):
    recorded.session.session_contributors.all().delete()
    Consent.objects.all().delete()

    with pytest.raises(RecordingRefused, match="do not host"):
        agree(recorded)


def test_all_who_host_or_speak_are_asked_when_it_is_added_and_once(recorded):
    hugo = make.host(recorded.session, "Hugo")
    publishing.add_link(recorded.session, by=BY, at=NOW, **LINK | {"url": "https://video.example/2"})

    assert list(Consent.objects.values_list("contributor__name", "answer").order_by("pk")) == [
        ("Hana Evans", "asked"),
        (hugo.name, "asked"),
    ]


def test_the_same_link_again_is_one(recorded):
    again = publishing.add_link(recorded.session, by=BY, at=NOW, **LINK)

    assert again.pk == recorded.pk


def test_a_draft_is_deleted_and_what_is_published_is_not(published):
    with pytest.raises(RecordingRefused, match="Take it down first"):
        publishing.remove(published.pk, by=BY, at=NOW)
    publishing.take_down(published.pk, by=BY, at=NOW)

    publishing.remove(published.pk, by=BY, at=NOW)
    publishing.remove(published.pk, by=BY, at=NOW)

    assert not Recording.objects.exists()
