"""The team adds recordings, gives them transcripts, reads them, and publishes them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Entry
from recordings.models import Consent, Recording, Speaker
from tests import make
from tests.contracts import people

pytestmark = pytest.mark.django_db
VTT = (
    b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Hana Evans>Welcome.\n\n"
    b"00:02.000 --> 00:03.000\n<v Pat Private>I was ill.\n"
)
LINK = {"title": "Flow, recorded", "url": "https://video.example/1", "seconds": "45:10"}


@pytest.fixture
def desk():
    return people.reader(people.staff("Event admin"))


@pytest.fixture
def session():
    made = make.session(make.event(slug="2026"), slug="flow", title="Flow", is_recorded=True)
    make.host(made, "Hana Evans")
    return made


def add(desk, **told):
    return desk.post("/team/events/2026/sessions/flow/recording/", LINK | told, follow=True)


def act(desk, name, data=None):
    pk = Recording.objects.get().pk
    return desk.post(f"/team/events/2026/recordings/{pk}/{name}/", data or {}, follow=True).content.decode()


def give(desk, content=VTT):
    return act(desk, "captions", {"captions": SimpleUploadedFile("a.vtt", content)})


def test_from_the_link_to_those_who_watch_it(desk, session):
    ada = make.member("Ada")
    make.registration(session.event, ada)
    add(desk)
    give(desk)
    act(desk, "read", {"seen": 1})
    act(desk, f"hosts/{session.contributors.get().pk}", {"agrees": "yes"})

    said = act(desk, "publish")

    assert "Published." in said
    shown = people.reader(ada).get(f"/events/2026/on-demand/{Recording.objects.get().pk}/").content.decode()
    assert "Welcome." in shown
    assert "someone in the audience speaks" in shown
    assert "I was" not in shown
    assert "Pat" not in shown


def test_what_lacks_is_listed_and_publishing_says_it_too(desk, session):
    page = add(desk).content.decode()

    assert "It has no transcript" in page
    assert "Not agreed yet: Hana Evans" in page
    assert "Publish it" not in page
    assert "It has no transcript" in act(desk, "publish")


def test_the_team_reads_what_stays_out_before_it_decides(desk, session):
    add(desk)

    page = give(desk)

    assert "Left out: I was ill." in " ".join(page.split())
    assert "“Pat Private”, speaks once" in page


def test_the_team_puts_words_in_and_says_who_speaks(desk, session):
    add(desk)
    give(desk)

    hana = session.contributors.get().pk
    page = act(desk, "speakers", {"seen": 1, "who-1": hana, "show-1": "on", "show-2": "on"})

    assert "Left out:" not in page
    assert list(Speaker.objects.values_list("is_shown", flat=True)) == [True, True]


@pytest.mark.parametrize("content", [b"%PDF-1.4", b"WEBVTT\n"])
def test_what_are_no_captions_is_said_beside_the_field(desk, session, content):
    add(desk)

    page = give(desk, content)

    assert "captions in the WebVTT format" in page or "There are no words in it." in page
    assert Recording.objects.get().cues == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"seconds": "an hour"},
        {"seconds": "0:00"},
        {"seconds": "1:99"},
        {"url": "http://a.example/"},
        {"title": ""},
    ],
)
def test_what_is_typed_wrong_adds_nothing(desk, session, wrong):
    assert add(desk, **wrong).status_code == 200
    assert not Recording.objects.exists()


def test_the_length_is_read_as_players_write_it(desk, session):
    add(desk, seconds="1:02:03")

    made = Recording.objects.get()
    page = desk.get(f"/team/events/2026/recordings/{made.pk}/").content.decode()
    assert made.seconds == 3723
    assert 'value="1:02:03"' in page


def test_a_host_who_told_us_no_is_noted_as_told(desk, session):
    add(desk)

    page = act(desk, f"hosts/{session.contributors.get().pk}", {"agrees": "no"})

    assert "Did not agree" in page
    assert Consent.objects.get().is_by_team
    assert Entry.objects.filter(act="session.recording-answer-noted").count() == 1


def test_nobody_answers_who_is_not_of_the_session(desk, session):
    add(desk)
    other = make.host(make.session(session.event), "Otto")

    act(desk, f"hosts/{other.pk}", {"agrees": "yes"})

    assert not Consent.objects.filter(contributor=other).exists()


def test_recorded_sessions_without_one_are_listed(desk, session):
    assert "Recorded, and nothing to watch yet" in desk.get("/team/events/2026/recordings/").content.decode()
    add(desk)
    assert "nothing to watch yet" not in desk.get("/team/events/2026/recordings/").content.decode()
