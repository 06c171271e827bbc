"""The text of a post: what comes in, what is kept, and what its words are."""

import html5lib
import pytest

from blog import body
from tests.xss import PAYLOADS

ALLOWED = body.ELEMENTS | {"html", "head", "body"}


def elements(html):
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [(one.tag, dict(one.attrib)) for one in tree.iter() if isinstance(one.tag, str)]


def test_what_an_editor_sends_is_kept():
    html = (
        "<h2>Why</h2><p>We <strong>asked</strong> <em>everybody</em>.</p>"
        '<ul><li><p>One</p></li></ul><ol start="3"><li><p>Three</p></li></ol>'
        '<blockquote class="pull-quote"><p>Ask.</p></blockquote><hr>'
        '<p><a href="https://example.org/?a=1&amp;b=2">there</a></p>'
    )

    assert body.clean(html) == html


def test_what_word_brings_becomes_what_we_have():
    html = (
        '<h1 style="color:red">T</h1><p class="MsoNormal"><b>a</b><i>b</i><o:p></o:p></p>'
        '<p><span style="mso-x:1"> </span></p><h5>S</h5>'
    )

    assert body.clean(html) == "<h2>T</h2><p><strong>a</strong><em>b</em></p><h4>S</h4>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("# Why\n\n- a\n- b", "<h2>Why</h2>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("[[picture 2]]\n\n[[call to action]]", "<p>[[picture 2]]</p>\n<p>[[call to action]]</p>"),
        ("", ""),
    ],
)
def test_plain_words_and_markdown_become_paragraphs(text, html):
    assert body.clean(text) == html


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("around", ["{}", "<p>{}</p>", '<p><a href="{}">x</a></p>'])
def test_nothing_that_could_run_load_or_style_is_kept(payload, around):
    cleaned = body.clean(around.format(payload))

    found = elements(cleaned)
    assert {tag for tag, _ in found} <= ALLOWED
    attributes = [(tag, name) for tag, attrs in found for name in attrs]
    assert {("a", "href"), ("ol", "start"), ("blockquote", "class")} >= set(attributes)
    links = [attrs["href"] for _, attrs in found if "href" in attrs]
    assert [link for link in links if not link.lower().startswith(("http://", "https://", "mailto:"))] == []


@pytest.mark.parametrize("link", ["//evil.example/", "x", "<javascript:pwned()>", "?a", "ftp://a.example/"])
def test_a_link_that_leads_nowhere_loses_its_address(link):
    assert body.clean(f'<p><a href="{link}">x</a></p>') == "<p><a>x</a></p>"


@pytest.mark.parametrize("link", ["/events/2026/", "#comments", "HTTPS://a.example/", "mailto:a@b.example"])
def test_a_link_to_a_page_here_or_elsewhere_is_kept(link):
    assert body.clean(f'<p><a href="{link}">x</a></p>') == f'<p><a href="{link}">x</a></p>'


@pytest.mark.parametrize("payload", PAYLOADS)
def test_cleaning_again_changes_nothing(payload):
    once = body.clean(f"<p>{payload}</p>")

    assert body.clean(f"<p>x</p>{once}") == f"<p>x</p>{once}"


def test_the_words_alone_have_a_line_for_each_paragraph_and_no_marker():
    html = "<h2>Why</h2><p>We&nbsp;asked <em>all</em> &lt;b&gt;.</p><ul><li>a</li><li>b</li></ul>"
    html += "<p>[[video 1]]</p>"

    assert body.plain(html) == "Why\nWe asked all <b>.\na\nb"


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (330, 2), (220 * 7, 7)])
def test_reading_time_is_a_minute_at_least(words, minutes):
    assert body.minutes("word " * words) == minutes


@pytest.mark.slow
@pytest.mark.parametrize("text", ["<p></p>" * 20_000, "<p>" * 20_000, "[[" * 50_000, "> " * 5_000 + "a"])
def test_a_long_and_odd_text_is_cleaned_all_the_same(text):
    assert len(body.plain(body.clean(text))) <= len(text)
