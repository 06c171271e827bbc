"""Writing a post in a real Chromium: the editor by keyboard, markers, paste, what is typed is kept."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from blog import body, publishing, videos
from blog.models import Post, UnsavedDraft
from tests import make
from tests.blog.editing import draft
from tests.journeys.keyboard import assert_focus_is_seen
from tests.journeys.looking import look
from tests.make import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CASES = Path(__file__).parents[1] / "blog" / "pasted"

FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal{color:red}</style></head><body><!--StartFragment-->
<h1 style="mso-style: x"><span style="font-size:20.0pt">Our ward</span></h1>
<p class="MsoNormal" style="margin:0cm"><b><span style="color:#C00000">Kind</span></b> words<o:p></o:p></p>
<p class="MsoNormal"><a href="javascript:alert(1)">bad</a> <a href="https://example.org/">good</a></p>
<img src="file:///C:/x.png" onerror="alert(1)"><script>alert(1)</script><!--EndFragment--></body></html>"""


@pytest.fixture
def eve():
    member = make.member("Eve", is_staff=True)
    member.groups.add(Group.objects.get_or_create(name="Blog editor")[0])
    member.is_superuser = True
    member.save()
    return member


@pytest.fixture
def desk(eve, client, browser_context, live_server):
    """Open the form of a post in Eve's browser."""

    def open_page(post, rest="", **options):
        client.force_login(eve)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context = browser_context(**options)
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(live_server.url + reverse("team:post_edit", args=[post.pk]) + rest)
        if options.get("java_script_enabled", True):
            expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
        return page

    return open_page


def text(page):
    return page.locator(".ProseMirror")


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    return Post.objects.get().body


def write_anew(page):
    text(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def paste(page, html):
    """Paste what another program has put on the clipboard."""
    text(page).evaluate(
        """(box, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            box.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        html,
    )


def test_a_text_is_written_by_keyboard_with_the_editors_buttons(desk):
    page = desk(draft())
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


def test_a_text_becomes_a_pull_quote_and_an_ordinary_one(desk):
    page = desk(draft())
    text(page).click()

    page.get_by_role("button", name="Pull quote").click()
    expect(page.get_by_role("button", name="Pull quote")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Quote", exact=True)).to_have_attribute("aria-pressed", "false")

    assert save(page) == '<blockquote class="pull-quote"><p>We asked everybody.</p></blockquote>'


#: Fulfilled once the editor, which listened first, has heard that nothing is selected any more.
CURSOR_MOVES = """() => { window.moved = new Promise((done) => document.addEventListener(
  "selectionchange", () => { if (getSelection().isCollapsed) setTimeout(done); })); }"""


def test_a_link_is_set_by_keyboard_and_the_next_key_is_the_texts(desk):
    page = desk(draft())
    text(page).click()
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_label("Link to", exact=True)).to_be_focused()

    page.keyboard.type("q.example")
    page.keyboard.press("Enter")
    page.evaluate(CURSOR_MOVES)
    page.keyboard.press("End")
    page.evaluate("window.moved")  # the editor reads where the cursor went
    page.keyboard.type("So.")
    page.keyboard.press("Enter")
    page.keyboard.type("Then.")

    assert save(page) == '<p><a href="https://q.example">We asked everybody.</a>So.</p><p>Then.</p>'


@pytest.mark.parametrize("name", ["Bold", "Quote", "Set the link", "No link"])
def test_a_button_gives_the_text_the_focus_before_the_next_key(desk, name):
    page = desk(draft())
    text(page).click()
    page.get_by_role("button", name="Link", exact=True).click()

    button = page.get_by_role("button", name=name, exact=True)
    has_focus = "button => { button.click(); return document.activeElement.matches('.ProseMirror'); }"
    assert button.evaluate(has_focus)


def test_what_is_pasted_from_word_comes_clean(desk):
    page = desk(draft())
    write_anew(page)

    paste(page, FROM_WORD)
    expect(page.get_by_text("1 picture was not pasted. Add it with Add a picture.")).to_be_visible()

    saved = save(page)
    assert "<strong>Kind</strong> words" in saved
    assert '<a href="https://example.org/">good</a>' in saved
    for trace in ("javascript", "style", "Mso", "span", "script", "img", "o:p"):
        assert trace not in saved


@pytest.mark.parametrize("case", sorted(CASES.glob("*.html")), ids=lambda case: case.stem)
def test_a_paste_is_what_saving_makes_of_it_and_saving_waits_for_it(desk, case):
    page = desk(draft())
    write_anew(page)

    paste(page, case.read_text())

    saved = save(page)
    assert saved == body.clean(case.read_text())
    assert Post.objects.get().body == saved


def test_a_table_stays_what_it_was_through_the_editor(desk):
    html = body.clean(
        "<table><caption>Beds</caption><tr><th>Ward</th><th colspan=2>Beds</th></tr>"
        "<tr><th>7</th><td>24</td><td>2</td></tr></table><p>After.</p>"
    )
    page = desk(draft(body=html))
    text(page).get_by_text("After.").click()
    page.keyboard.press("End")
    page.keyboard.type(" All.")

    assert save(page) == html.replace("After.", "After. All.")
    assert look(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_readers_scroll_a_wide_table_within_itself_and_by_keyboard(browser_context, width):
    cells = "".join(f"<td>Figure {number}</td>" for number in range(12))
    html = body.clean(f"<table><tr>{cells}</tr><tr>{cells}</tr></table>")
    page = browser_context(width=width).new_page()
    page.goto(make.post(body=html).get_absolute_url())

    region = page.get_by_role("region", name="Table 1")
    region.evaluate(
        "box => { box.moved = new Promise((yes) => box.addEventListener('scroll', yes, { once: true })); }"
    )
    region.focus()
    page.keyboard.press("ArrowRight")
    assert region.evaluate("box => box.moved.then(() => box.scrollLeft)") > 0
    assert look(page) == []


def test_a_marker_goes_in_where_the_cursor_is(desk):
    post = draft(body="<p>First.</p><p>Second.</p>")
    videos.add(post, videos.About("A walk", "https://video.example/1", "Good morning."))
    page = desk(post)

    text(page).get_by_text("First.").click()
    page.get_by_role("button", name=re.compile("Insert: Video 1")).click()

    assert save(page) == "<p>First.</p><p>[[video 1]]</p><p>Second.</p>"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_marker_goes_to_the_end_where_nobody_has_put_a_cursor_and_is_brought_into_sight(desk, width):
    post = draft(body="<p>First.</p><p>Second.</p>")
    videos.add(post, videos.About("A walk", "https://video.example/1", "Good morning."))
    page = desk(post, width=width)

    page.get_by_role("button", name=re.compile("Insert: Video 1")).click()

    expect(text(page)).to_be_focused()
    expect(text(page).get_by_text("[[video 1]]")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.type("Third.")
    assert save(page) == "<p>First.</p><p>Second.</p><p>[[video 1]]</p><p>Third.</p>"


def test_what_is_typed_is_kept_and_comes_back_by_another_page(desk):
    post = draft()
    page = desk(post)
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


def test_every_ten_seconds_it_is_kept(desk):
    page = desk(draft())
    page.clock.install()
    page.reload()
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    page.get_by_label("Title").fill("Half a ti")
    page.clock.run_for(11_000)

    expect(page.get_by_text("Kept what you typed at")).to_be_visible()
    assert UnsavedDraft.objects.get().title == "Half a ti"


def test_a_refused_form_leads_to_the_editor_and_keeps_its_words(desk, eve):
    post = publishing.publish(draft(by=eve), by=eve, at=NOW)
    page = desk(post)
    write_anew(page)

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("A published post keeps a text.")
    assert look(page) == []


def test_without_a_script_it_takes_markdown(desk):
    page = desk(draft(), java_script_enabled=False)

    page.get_by_label("Text").fill("## Why\n\nBecause it is *kind*.\n\n[[call to action]]")
    page.get_by_role("button", name="Save", exact=True).click()

    assert Post.objects.get().body == (
        "<h2>Why</h2>\n<p>Because it is <em>kind</em>.</p>\n<p>[[call to action]]</p>"
    )
    assert page.get_by_role("button", name="Insert").count() == 0


def test_plain_words_that_were_refused_become_paragraphs_in_the_editor(desk):
    post = draft()
    UnsavedDraft.objects.create(post=post, member=make.member("x"), title="x", body="x", kept_at=NOW)
    page = desk(post)
    page.evaluate("document.querySelector('[name=body]').value = 'One & two\\n\\n<three>'")
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(text(page)).to_contain_text("<three>")
    assert text(page).locator("p").all_inner_texts() == ["One & two", "<three>"]
