"""Writing a post in a real Chromium: the editor by keyboard, markers, paste, what is typed is kept."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from blog import body
from blog.editing import publishing
from blog.media import video_links
from blog.models import Post, UnsavedDraft
from tests import make
from tests.blog.editing.revisions import draft
from tests.journeys.at_the_desk import save, text, write_anew
from tests.journeys.keyboard import assert_focus_is_seen
from tests.journeys.looking import look
from tests.make import BY, NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CASES = Path(__file__).parents[2] / "blog" / "pasting" / "pasted"


def test_a_text_is_written_by_keyboard_with_the_editors_buttons(post_desk):
    page = post_desk(draft())
    assert look(page) == []
    write_anew(page)

    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    assert_focus_is_seen(page)
    for name in ("Italic", "Link", "Heading"):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(text(page)).to_be_focused()
    page.keyboard.type("Why")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Because")
    page.keyboard.press("Control+b")
    page.keyboard.type(" it is kind.")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="List", exact=True).click()
    page.keyboard.type("One")
    page.keyboard.press("Enter")
    page.keyboard.type("Two")
    page.keyboard.press("Tab")

    expect(page.get_by_label("Authors")).to_be_focused()
    assert save(page) == (
        "<h2>Why</h2><p><strong>Because</strong> it is kind.</p>"
        "<ul><li><p>One</p></li><li><p>Two</p></li></ul>"
    )


def test_a_text_becomes_a_pull_quote_and_an_ordinary_one(post_desk):
    page = post_desk(draft())
    text(page).click()

    page.get_by_role("button", name="Pull quote").click()
    expect(page.get_by_role("button", name="Pull quote")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Quote", exact=True)).to_have_attribute("aria-pressed", "false")

    assert save(page) == '<blockquote class="pull-quote"><p>We asked everybody.</p></blockquote>'


#: Fulfilled once the editor, which listened first, has heard of a selection, or of a mere cursor.
HEARD = """isCursor => { window.heard = new Promise((done, fail) => {
  document.addEventListener("selectionchange", () => {
    if (getSelection().isCollapsed === isCursor) setTimeout(done);
  });
  setTimeout(fail, 10_000, new Error("nothing was selected"));
}); }"""


def press_to_select(page: Page, key: str, *, is_cursor: bool) -> None:
    """Press a key that selects something, or leaves a cursor, and wait until the editor knows."""
    page.evaluate(HEARD, is_cursor)
    page.keyboard.press(key)
    page.evaluate("window.heard")


def test_a_link_is_set_by_keyboard_and_the_next_key_is_the_texts(post_desk):
    page = post_desk(draft())
    text(page).click()
    press_to_select(page, "Control+a", is_cursor=False)
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_label("Link to", exact=True)).to_be_focused()

    page.keyboard.type("q.example")
    page.keyboard.press("Enter")
    press_to_select(page, "End", is_cursor=True)
    page.keyboard.type("So.")
    page.keyboard.press("Enter")
    page.keyboard.type("Then.")

    assert save(page) == '<p><a href="https://q.example">We asked everybody.</a>So.</p><p>Then.</p>'


@pytest.mark.parametrize("name", ["Bold", "Quote", "Set the link", "No link"])
def test_a_button_gives_the_text_the_focus_before_the_next_key(post_desk, name):
    page = post_desk(draft())
    text(page).click()
    page.get_by_role("button", name="Link", exact=True).click()

    button = page.get_by_role("button", name=name, exact=True)
    has_focus = "button => { button.click(); return document.activeElement.matches('.ProseMirror'); }"
    assert button.evaluate(has_focus)


@pytest.mark.parametrize("width", [320, 1280])
def test_readers_scroll_a_wide_table_within_itself_and_by_keyboard(browser_context, width):
    cells = "".join(f"<td>Figure {number}</td>" for number in range(12))
    html = body.clean(f"<table><tr>{cells}</tr><tr>{cells}</tr></table>")
    page = browser_context(width=width).new_page()
    page.goto(make.post(body=html).get_absolute_url())

    region = page.get_by_role("region", name="Table 1")
    region.evaluate(
        "box => { box.moved = new Promise((done, fail) => {"
        " box.addEventListener('scroll', done, { once: true });"
        " setTimeout(fail, 10_000, new Error('nothing moved')); }); }"
    )
    region.focus()
    page.keyboard.press("ArrowRight")
    assert region.evaluate("box => box.moved.then(() => box.scrollLeft)") > 0
    assert look(page) == []


def test_a_marker_goes_in_where_the_cursor_is(post_desk):
    post = draft(body="<p>First.</p><p>Second.</p>")
    video_links.add(
        post, video_links.About("A walk", "https://video.example/1", "Good morning."), by=BY, at=NOW
    )
    page = post_desk(post)

    text(page).get_by_text("First.").click()
    page.get_by_role("button", name=re.compile("Insert: Video 1")).click()

    assert save(page) == "<p>First.</p><p>[[video 1]]</p><p>Second.</p>"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_marker_goes_to_the_end_where_nobody_has_put_a_cursor_and_is_brought_into_sight(post_desk, width):
    post = draft(body="<p>First.</p><p>Second.</p>")
    video_links.add(
        post, video_links.About("A walk", "https://video.example/1", "Good morning."), by=BY, at=NOW
    )
    page = post_desk(post, width=width)

    page.get_by_role("button", name=re.compile("Insert: Video 1")).click()

    expect(text(page)).to_be_focused()
    expect(text(page).get_by_text("[[video 1]]")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.type("Third.")
    assert save(page) == "<p>First.</p><p>Second.</p><p>[[video 1]]</p><p>Third.</p>"


def test_what_is_typed_is_kept_and_comes_back_by_another_page(post_desk):
    post = draft()
    page = post_desk(post)
    text(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" And listened.")
    expect(page.get_by_text("You have changed something that is not saved.")).to_be_visible()

    page.get_by_role("button", name="Add a picture").click()
    expect(page.get_by_role("heading", name="Add a picture")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    assert UnsavedDraft.objects.get().body == "<p>We asked everybody. And listened.</p>"
    page.get_by_role("link", name="Bring back what I typed").click()

    expect(text(page)).to_contain_text("We asked everybody. And listened.")
    assert save(page) == "<p>We asked everybody. And listened.</p>"
    assert not UnsavedDraft.objects.exists()


def test_every_ten_seconds_it_is_kept(post_desk):
    page = post_desk(draft())
    page.clock.install()
    page.reload()
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    page.get_by_label("Title").fill("Half a ti")
    page.clock.run_for(11_000)

    expect(page.get_by_text("Kept what you typed at")).to_be_visible()
    assert UnsavedDraft.objects.get().title == "Half a ti"


def test_a_refused_form_leads_to_the_editor_and_keeps_its_words(post_desk, eve):
    post = publishing.publish(draft(by=eve), by=eve, at=NOW)
    page = post_desk(post)
    write_anew(page)

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("A published post keeps a text.")
    assert look(page) == []


def test_without_a_script_it_takes_markdown(post_desk):
    page = post_desk(draft(), java_script_enabled=False)

    page.get_by_label("Text").fill("## Why\n\nBecause it is *kind*.\n\n[[call to action]]")
    page.get_by_role("button", name="Save", exact=True).click()

    assert Post.objects.get().body == (
        "<h2>Why</h2>\n<p>Because it is <em>kind</em>.</p>\n<p>[[call to action]]</p>"
    )
    assert page.get_by_role("button", name="Insert").count() == 0


def test_plain_words_that_were_refused_become_paragraphs_in_the_editor(post_desk):
    post = draft()
    UnsavedDraft.objects.create(post=post, member=make.member("x"), title="x", body="x", kept_at=NOW)
    page = post_desk(post)
    page.evaluate("document.querySelector('[name=body]').value = 'One & two\\n\\n<three>'")
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(text(page)).to_contain_text("<three>")
    assert text(page).locator("p").all_inner_texts() == ["One & two", "<three>"]
