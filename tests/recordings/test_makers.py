"""Files as Zoom, Teams and Webex write them: the host is named, and nobody else, before and after reading.

Their shapes are those of public examples and of readers that others wrote for them: Microsoft's own page of
``calltranscript`` (voice spans), Zoom's cues that begin with a name, Webex' name before the times (from its
player) or as a voice span (from its API). People and words are made up.
"""

import pytest

from recordings import reading, transcripts
from recordings.models import Recording, Speaker
from tests import make
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db

TEAMS = """WEBVTT

NOTE duration:"00:00:12.000"

NOTE language:en-gb

NOTE Confidence: 0.894

8f0e2d1c-1111-4222-8333-abcdefabcdef/12-0
00:00:03.120 --> 00:00:05.330
<v Evans, Hana (Cardiff)>Welcome,
everybody.</v>

8f0e2d1c-1111-4222-8333-abcdefabcdef/13-0
00:00:05.330 --> 00:00:07.000
<v Pat O&#39;Private (Guest)>I was ill.</v>

8f0e2d1c-1111-4222-8333-abcdefabcdef/14-1
00:00:07.000 --> 00:00:09.000
Not known by whom.
"""
ZOOM = """WEBVTT

1
00:00:03.120 --> 00:00:05.330
Hana Evans (she/her): Welcome, everybody.

2
00:00:05.330 --> 00:00:07.000
Pat O'Private: I was ill.

3
00:00:07.000 --> 00:00:09.000
Pat O'Private: Twice: in May and June.
"""
WEBEX = """WEBVTT

1 "Hana Evans" (2914386176)
00:00:03.120 --> 00:00:05.330
Welcome, everybody.

2 "Pat O'Private" (0)
00:00:05.330 --> 00:00:07.000
I was ill.

3 "" (0)
00:00:07.000 --> 00:00:09.000
Not known by whom.
"""
WEBEX_API = """WEBVTT

1
00:00:03.120 --> 00:00:05.330
<v Hana Evans>Welcome, everybody.

2
00:00:05.330 --> 00:00:07.000
<v Pat O'Private>I was ill.
"""
#: As captioners and other programs write, at each change of the speaker alone.
AT_CHANGES = """WEBVTT

00:03.120 --> 00:05.330
Hana Evans: Welcome, everybody.

00:05.330 --> 00:07.000
Pat O'Private: I was ill

00:07.000 --> 00:09.000
for a year, and then
"""
MAKERS = pytest.mark.parametrize(
    "text", [TEAMS, ZOOM, WEBEX, WEBEX_API], ids=["Teams", "Zoom", "Webex", "Webex by its API"]
)
#: What nobody is to find: a participant, and what they said.
PRIVATE = ("Pat", "Private", "ill", "May", "Not known")


def given(recorded, text):
    transcripts.give_captions(recorded.pk, text.encode(), by=BY, at=NOW)
    return Recording.objects.get(pk=recorded.pk)


def seen(recording):
    """What people see or find of it: the transcript, the captions, what is searched."""
    paragraphs = [f"{one.speaker}: {one.words}" for one in reading.paragraphs(recording)]
    return "\n".join([*paragraphs, reading.as_webvtt(recording), recording.words])


def finished(recorded):
    transcripts.read(recorded.pk, seen=1, by=make.member("Tess"), at=NOW)
    return Recording.objects.get(pk=recorded.pk)


@MAKERS
def test_of_each_maker_the_host_is_named_and_nobody_else(recorded, text):
    found = seen(given(recorded, text))

    assert "Hana Evans: Welcome, everybody." in found
    assert [word for word in PRIVATE if word in found] == []


@MAKERS
def test_once_it_is_read_nothing_is_left_of_those_who_took_part(recorded, text):
    given(recorded, text)

    kept = finished(recorded)

    rows = [Recording.objects.filter(pk=kept.pk).values().get(), *Speaker.objects.values()]
    assert [word for word in PRIVATE if word in f"{rows}{seen(kept)}"] == []
    assert "Welcome, everybody." in kept.words


def test_a_name_that_stands_only_at_changes_says_of_nobody_that_they_are_a_host(recorded):
    """Whoever goes on in the next cue is not known, so nothing of the file is shown by itself."""
    kept = seen(given(recorded, AT_CHANGES))

    assert [word for word in ("Hana", "Welcome", *PRIVATE) if word in kept] == []
