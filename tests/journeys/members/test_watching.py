"""Watching and listening in Chromium: a file in parts, captions, times that lead into it."""

from types import SimpleNamespace as Watched

import pytest
from django.core.files import File
from playwright.sync_api import expect

from blog.media import sounds
from common import serving
from qevent.demo import sounds as demo_sounds
from qevent.demo.recordings import TEXTS, VIDEO
from recordings import agreeing, files, publishing, transcripts
from tests import make
from tests.make import BY, NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Functions that end once what they wait for is so; a page runs no text as a script (its policy).
PLAYS = """player => new Promise(done => {
    const look = () => player.currentTime > 0.2 && done(true);
    player.addEventListener("timeupdate", look);
    player.muted = true;
    player.play();
})"""
CUE = """video => new Promise(done => {
    const track = video.textTracks[0];
    const look = () => track.activeCues?.length && done(track.activeCues[0].text);
    track.addEventListener("cuechange", look);
    look();
})"""
SEEK = """video => new Promise(done => {
    video.pause();
    video.addEventListener("seeked", () => done(video.currentTime), { once: true });
    video.currentTime = 9;
})"""


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Parts of 8 kB, so that the demo's short video comes in several."""
    monkeypatch.setattr(serving, "BLOCK", 8_192)


@pytest.fixture
def watched() -> Watched:
    """The demo's video with its captions, published; its host is named in them, and nobody else is."""
    event = make.event(slug="2026")
    session = make.session(event, title="Welcome", is_recorded=True)
    host = make.host(session, "Mairéad Ní Bhriain")
    with VIDEO.open("rb") as video:
        told = {"title": "Twelve seconds", "seconds": 12, "is_of_session": False}
        made = files.add(session, File(video, name=VIDEO.name), by=BY, at=NOW, **told)
    transcripts.give_captions(made.pk, (TEXTS / "captions-video.vtt").read_bytes(), by=BY, at=NOW)
    transcripts.read(made.pk, seen=1, by=make.member("Tess"), at=NOW)
    agreeing.note(session, host, agrees=True, by=BY, at=NOW)
    publishing.publish(made.pk, by=BY, at=NOW)
    ada = make.registration(event, make.member("Ada"))
    return Watched(ada=ada, path=f"/events/2026/on-demand/{made.pk}/")


def answers(page, ends):
    """Collect the answers to what a page asks for whose address ends so."""
    found = []
    page.on("response", lambda one: found.append(one) if one.url.endswith(ends) else None)
    return found


def test_a_video_comes_in_parts_once_it_is_pressed_and_its_captions_are_shown(watched, open_as, live_server):
    page = open_as(watched.ada, live_server.url + watched.path)
    asked = answers(page, "/file/")
    page.reload()
    expect(page.get_by_role("heading", name="Transcript")).to_be_visible()
    assert asked == []

    video = page.locator("video")
    assert video.evaluate(PLAYS)

    assert video.evaluate(CUE) == "Mairéad Ní Bhriain: Look for one small thing today."
    assert video.evaluate("video => video.textTracks[0].mode") == "showing"
    assert {one.status for one in asked} == {206}
    assert len(asked) > 1
    assert round(video.evaluate("video => video.duration")) == 12


def test_a_time_of_the_transcript_leads_into_the_video(watched, open_as, live_server):
    page = open_as(watched.ada, live_server.url + watched.path)
    page.locator("video").evaluate("video => { video.muted = true; }")

    page.get_by_role("link", name="0:00 play from here").first.click()

    video = page.locator("video")
    assert video.evaluate(PLAYS)
    assert video.evaluate(SEEK) == 9
    assert video.evaluate(CUE).endswith("how a boat moves.")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_audio_of_a_post_is_heard_and_nothing_of_it_loads_before(browser_context, live_server, has_scripts):
    post = make.post("Rounds", slug="rounds")
    said = sounds.About("A bell", "6 seconds", "A bell rings three times.")
    sounds.add(post, demo_sounds.bell(), said, by=BY, at=NOW)
    type(post).objects.update(body="<p>[[audio 1]]</p>")
    page = browser_context(java_script_enabled=has_scripts).new_page()
    asked = answers(page, ".wav")

    page.goto(f"{live_server.url}/blog/rounds/")

    expect(page.locator("audio")).to_be_visible()
    assert asked == []
    if has_scripts:
        assert page.locator("audio").evaluate(PLAYS)
        assert asked
    else:
        expect(page.get_by_text("A bell rings three times.")).to_be_visible()
