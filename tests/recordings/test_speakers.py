"""Whose words are shown: those of hosts and speakers, and of nobody else unless the team says so."""

import pytest

from recordings import reading, transcripts
from recordings.models import Recording, Speaker
from recordings.refusals import RecordingRefused
from recordings.transcripts import Told
from tests import make
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
SAID = [
    ("Hana Evans (she/her)", "Welcome."),
    ("Hana Evans (she/her)", "Who begins?"),
    ("Pat Private", "I was ill."),
    ("", "Somebody."),
]


def vtt(said):
    cues = [
        f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{f'<v {name}>' if name else ''}{text}"
        for n, (name, text) in enumerate(said)
    ]
    return "\n\n".join(["WEBVTT", *cues]).encode()


def give(recorded, said=SAID):
    transcripts.give_captions(recorded.pk, vtt(said), by=BY, at=NOW)
    return Recording.objects.get(pk=recorded.pk)


def finish(recorded):
    seen = Recording.objects.get(pk=recorded.pk).version
    transcripts.read(recorded.pk, seen=seen, by=make.member("Tess"), at=NOW)
    return Recording.objects.get(pk=recorded.pk)


def recognised(recorded, name):
    give(recorded, [(name, "Hello.")])
    return Speaker.objects.get().contributor


def told(recorded, number, **fields):
    seen = Recording.objects.get(pk=recorded.pk).version
    one = Told(**({"contributor": None, "is_shown": False} | fields))
    transcripts.say_who_speaks(recorded.pk, {number: one}, seen=seen, by=BY, at=NOW)


def test_what_hosts_say_is_shown_and_what_others_say_is_not(recorded):
    give(recorded)

    shown = [(one.speaker, one.clock, one.words) for one in reading.paragraphs(finish(recorded))]

    assert shown == [
        ("Hana Evans", "0:00", "Welcome. Who begins?"),
        ("A participant", "0:02", ""),
        ("A participant", "0:03", ""),
    ]


def test_once_it_is_read_nothing_is_kept_of_those_who_stay_out(recorded):
    give(recorded)

    kept = finish(recorded)

    row = Recording.objects.filter(pk=kept.pk).values().get()
    names = list(Speaker.objects.values_list("name", flat=True))
    assert "ill" not in str(row)
    assert "Pat" not in f"{row} {names}"
    assert names == ["Hana Evans (she/her)", "", ""]


def test_words_that_the_team_puts_in_are_shown_without_a_name(recorded):
    give(recorded)
    told(recorded, 2, is_shown=True)

    shown = reading.paragraphs(finish(recorded))[1]

    assert (shown.speaker, shown.words) == ("A participant", "I was ill.")


def test_the_team_says_who_of_the_session_speaks(recorded):
    give(recorded)
    told(recorded, 2, contributor=recorded.hana.pk, is_shown=True)

    assert reading.paragraphs(finish(recorded))[1].speaker == "Hana Evans"


def test_nobody_who_is_not_of_the_session_is_named(recorded):
    other = make.host(make.session(recorded.event), "Otto")
    give(recorded)
    told(recorded, 2, contributor=other.pk, is_shown=True)

    assert reading.paragraphs(finish(recorded))[1].speaker == "A participant"


def test_what_was_said_of_speakers_has_to_be_seen_before_it_is_read(recorded):
    seen = give(recorded).version
    told(recorded, 2, is_shown=True)

    with pytest.raises(RecordingRefused, match="changed meanwhile"):
        transcripts.read(recorded.pk, seen=seen, by=make.member("Tess"), at=NOW)


def test_after_reading_it_is_too_late_to_put_words_in(recorded):
    give(recorded)
    finish(recorded)

    with pytest.raises(RecordingRefused, match="Give the captions again"):
        told(recorded, 2, is_shown=True)


@pytest.mark.parametrize(
    "name", ["Hana Evans", "hana evans", "Evans, Hana", "Hana Evans (she/her)", "Hana Evans - Cardiff"]
)
def test_a_host_is_recognised_however_programs_write_them(recorded, name):
    assert recognised(recorded, name) == recorded.hana


@pytest.mark.parametrize(
    "name", ["Hana", "Evans", "Hana Evans-Jones", "Ann for Hana Evans", "iPhone (Hana Evans)"]
)
def test_somebody_else_is_not_taken_for_a_host(recorded, name):
    assert recognised(recorded, name) is None


def test_a_name_that_two_of_the_session_bear_is_nobodys(recorded):
    make.host(recorded.session, "Hana Evans")

    assert recognised(recorded, "Hana Evans") is None
