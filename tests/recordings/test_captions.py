"""Captions of three programs are read, and who speaks in them."""

import pytest

from recordings import captions
from recordings.captions import Said
from recordings.refusals import RecordingRefused

TEAMS = """WEBVTT

4f0e2d1c-0000-4000-8000-000000000000/12-0
00:00:03.120 --> 00:00:05.330
<v Hana Evans>Welcome,
everybody.</v>

4f0e2d1c-0000-4000-8000-000000000000/12-1
00:00:05.330 --> 00:00:07.000
<v Siân O&#39;Malley>Thank you &amp; hello.</v>
"""
WEBEX = """WEBVTT

1 "Hana Evans" (1234567890)
00:00:03.120 --> 00:00:05.330
Welcome, everybody.

2 "Siân O'Malley" (22)
00:00:05.330 --> 00:00:07.000
Thank you & hello.
"""
ZOOM = """WEBVTT

1
00:00:03.120 --> 00:00:05.330
Hana Evans: Welcome, everybody.

2
00:00:05.330 --> 00:00:07.000
Siân O'Malley: Thank you & hello.
"""
UTF_16 = TEAMS.encode("utf-16")
READ = [
    Said(3120, 5330, "Hana Evans", "Welcome, everybody."),
    Said(5330, 7000, "Siân O'Malley", "Thank you & hello."),
]


def read(text):
    return captions.read(text.encode())


def said(cue, *, head="WEBVTT"):
    return [(one.name, one.text) for one in read(f"{head}\n\n{cue}")]


@pytest.mark.parametrize("text", [TEAMS, WEBEX, ZOOM], ids=["Teams", "Webex", "Zoom"])
def test_each_program_names_speakers_in_its_own_way(text):
    assert read(text) == READ


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("begins", ["", "\N{BYTE ORDER MARK}"], ids=["", "bom"])
def test_lines_end_as_on_any_machine(ends, begins):
    assert captions.read((begins + TEAMS).replace("\n", ends).encode()) == READ


def test_what_is_no_cue_is_left_out():
    notes = "NOTE duration: 1\n\nNOTE\nConfidence: 0.9\n\nSTYLE\n::cue {}\n\nREGION\nid:a\n\n"

    assert read(TEAMS.replace("WEBVTT\n\n", f"WEBVTT Kind: captions; Language: en\n\n{notes}")) == READ


@pytest.mark.parametrize(
    ("cue", "found"),
    [
        ("00:01.000 --> 00:02.000\nHello.", [("", "Hello.")]),
        ("00:01.000 --> 00:02.000 align:start position:0%\nHello.", [("", "Hello.")]),
        ("100:00:01.000 --> 100:00:02.000\nToo late.", None),
        ("00:02.000 --> 00:01.000\nBackwards.", None),
        ("00:61.000 --> 00:62.000\nNo time.", None),
        ("1:00.000 --> 2:00.000\nNo time either.", None),
        ("00:01.000 --> 00:02.000\n<b>Bold</b> <c.red>and</c> <00:01.500>timed", [("", "Bold and timed")]),
        ("00:01.000 --> 00:02.000\n<v.loud Hana>Hello.", [("Hana", "Hello.")]),
        ("00:01.000 --> 00:02.000\n<v Hana>Hello.</v> <v Bo>Hi.</v>", [("Hana", "Hello."), ("Bo", "Hi.")]),
        (
            "00:01.000 --> 00:02.000\n- Who?\n<v Bo>Me.</v> Aha.",
            [("", "- Who?"), ("Bo", "Me."), ("", "Aha.")],
        ),
        ("00:01.000 --> 00:02.000\n2 &lt; 3 &amp;amp; so on", [("", "2 < 3 &amp; so on")]),
        ("00:01.000 --> 00:02.000\n<v Hana></v>", None),
    ],
)
def test_a_cue(cue, found):
    if found is None:
        with pytest.raises(RecordingRefused, match="no words"):
            said(cue)
    else:
        assert said(cue) == found


def test_a_colon_in_what_is_said_names_nobody():
    cues = "\n\n".join(f"00:0{n}.000 --> 00:0{n}.900\nWords {n}" for n in range(1, 5))

    assert said(f"{cues}\n\n00:06.000 --> 00:07.000\nThe plan: be kind")[-1] == ("", "The plan: be kind")


def test_a_cue_without_a_name_among_those_of_zoom_is_nobodys():
    cues = "\n\n".join(f"00:0{n}.000 --> 00:0{n}.900\nHana: Point {n}: yes" for n in range(1, 5))

    assert said(f"{cues}\n\n00:06.000 --> 00:07.000\nand so on")[-2:] == [
        ("Hana", "Point 4: yes"),
        ("", "and so on"),
    ]


def test_cues_are_in_the_order_of_their_times():
    cues = "00:05.000 --> 00:06.000\nSecond\n\n00:01.000 --> 00:02.000\nFirst"

    assert [text for _name, text in said(cues)] == ["First", "Second"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x00\x00\x18ftypmp42", b"WEBVTTX\n\n", b"1\n00:00:01,000 --> 00:00:02,000\nSubRip", UTF_16],
    ids=["nothing", "a video", "another name", "SubRip", "UTF-16"],
)  # fmt: skip
def test_what_is_no_webvtt_is_refused_with_what_to_choose(content):
    with pytest.raises(RecordingRefused, match="no captions in the WebVTT format"):
        captions.read(content)


@pytest.mark.parametrize(
    "content",
    [
        b"WEBVTT\n\n" + b"a" * captions.LARGEST,
        b"WEBVTT\n\n" + b"".join(b"00:01.000 --> 00:02.000\na\n\n" for _ in range(captions.MOST_CUES + 1)),
        b"WEBVTT\n\n"
        + b"".join(b"00:01.000 --> 00:02.000\n<v %d>a\n\n" % n for n in range(captions.MOST_SPEAKERS + 1)),
    ],
    ids=["bytes", "cues", "speakers"],
)
def test_what_is_longer_than_a_day_of_talk_is_refused(content):
    with pytest.raises(RecordingRefused, match=r"5 MB|longer than those of a day"):
        captions.read(content)
