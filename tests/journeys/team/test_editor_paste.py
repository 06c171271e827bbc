"""What other programs put on the clipboard, pasted into the editor of posts in a real Chromium."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from blog import body
from blog.models import Post
from tests.blog.editing.revisions import draft
from tests.journeys.at_the_desk import save, text, write_anew
from tests.journeys.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CASES = Path(__file__).parents[2] / "blog" / "pasting" / "pasted"

FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal{color:red}</style></head><body><!--StartFragment-->
<h1 style="mso-style: x"><span style="font-size:20.0pt">Our ward</span></h1>
<p class="MsoNormal" style="margin:0cm"><b><span style="color:#C00000">Kind</span></b> words<o:p></o:p></p>
<p class="MsoNormal"><a href="javascript:alert(1)">bad</a> <a href="https://example.org/">good</a></p>
<img src="file:///C:/x.png" onerror="alert(1)"><script>alert(1)</script><!--EndFragment--></body></html>"""


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


def test_what_is_pasted_from_word_comes_clean(post_desk):
    page = post_desk(draft())
    write_anew(page)

    paste(page, FROM_WORD)
    expect(page.get_by_text("1 picture was not pasted. Add it with Add a picture.")).to_be_visible()

    saved = save(page)
    assert "<strong>Kind</strong> words" in saved
    assert '<a href="https://example.org/">good</a>' in saved
    for trace in ("javascript", "style", "Mso", "span", "script", "img", "o:p"):
        assert trace not in saved


@pytest.mark.parametrize("case", sorted(CASES.glob("*.html")), ids=lambda case: case.stem)
def test_a_paste_is_what_saving_makes_of_it_and_saving_waits_for_it(post_desk, case):
    page = post_desk(draft())
    write_anew(page)

    paste(page, case.read_text())

    saved = save(page)
    assert saved == body.clean(case.read_text())
    assert Post.objects.get().body == saved


def test_a_table_stays_what_it_was_through_the_editor(post_desk):
    html = body.clean(
        "<table><caption>Beds</caption><tr><th>Ward</th><th colspan=2>Beds</th></tr>"
        "<tr><th>7</th><td>24</td><td>2</td></tr></table><p>After.</p>"
    )
    page = post_desk(draft(body=html))
    text(page).get_by_text("After.").click()
    page.keyboard.press("End")
    page.keyboard.type(" All.")

    assert save(page) == html.replace("After.", "After. All.")
    assert look(page) == []
