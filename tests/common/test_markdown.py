"""What editors write: Markdown in, safe HTML out."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.markdown import cleaned, to_html
from members.templatetags.site import prose


def test_paragraphs_lists_links_and_emphasis_are_what_they_look_like():
    text = (
        "Come *early*.\nBring:\n\n- a pen\n- **water**\n\n1. one\n\nSee [the map](https://example.org/map)."
    )

    shown = to_html(text)

    assert shown == (
        "<p>Come <em>early</em>.<br>\nBring:</p>\n"
        "<ul>\n<li>a pen</li>\n<li><strong>water</strong></li>\n</ul>\n"
        "<ol>\n<li>one</li>\n</ol>\n"
        '<p>See <a href="https://example.org/map">the map</a>.</p>\n'
    )


def test_addresses_in_the_text_are_links_but_not_inside_a_link():
    shown = to_html("www.example.org/a_b_c, me@example.org [at https://in.example.org](https://example.org)")

    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', shown) == [
        ("http://www.example.org/a_b_c", "www.example.org/a_b_c"),
        ("mailto:me@example.org", "me@example.org"),
        ("https://example.org", "at https://in.example.org"),
    ]


def test_the_highest_heading_takes_the_level_of_the_page_and_no_level_is_left_out():
    text = "## Before\n\n#### On the day\n\n## After\n\n###### Last"

    assert re.findall(r"<(h\d)>", to_html(text)) == ["h3", "h4", "h3", "h5"]
    assert re.findall(r"<(h\d)>", prose(text, 2)) == ["h2", "h3", "h2", "h4"]
    assert re.findall(r"<(h\d)>", to_html("# a\n\n## b\n\n### c\n\n#### d\n\n##### e", 5)) == [
        "h5", "h6", "h6", "h6", "h6",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onclick='x()'>bold</b>",
        "[press](javascript:alert(1))",
        "[press](JaVaScRiPt:alert(1))",
        "[press](&#106;avascript:alert(1))",
        "[press](java\tscript:alert(1))",
        "[press](data:text/html;base64,PHNjcmlwdD4=)",
        "[press](vbscript:x)",
        "<javascript:alert(1)>",
        "![a](http://other.example/pixel.png)",
        '[a](https://example.org "onmouseover=alert(1)")',
        '[a](https://example.org"onmouseover="alert(1))',
        "[a]: javascript:alert(1)\n\n[a]",
        "<style>body{display:none}</style>",
        "<!-- --><iframe src=//other.example></iframe>",
        "`<script>`",
        "    <script>",
        "```html\n<script>\n```",
        "https://example.org/<script>alert(1)</script>",
        "&lt;script&gt;",
    ],
)
def test_nothing_that_could_do_harm_comes_out(hostile):
    shown = to_html(hostile)

    assert set(re.findall(r"<([a-z0-9]+)", shown)) <= {"p", "a", "code"}
    assert [
        address for address in re.findall(r'href="([^"]*)"', shown) if not address.startswith("http")
    ] == []
    assert re.findall(r"<[^>]+\s(?!href=|title=)[a-z]+=", shown) == []


def test_the_second_wall_alone_stops_what_the_first_would_let_through():
    shown = cleaned("<h1>A</h1><script>alert(1)</script><a href='javascript:x' onclick='x'>b</a><img src=x>")

    assert shown == "A<a>b</a>"


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab<>&\"'[]()!*_`#-1. \n\\:/@\0é"), max_size=60))
def test_whatever_is_typed_gives_html_of_the_short_list_and_never_an_error(text):
    names = set(re.findall(r"</?([a-z0-9]+)", to_html(text)))

    assert names <= {
        "p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "hr", "h3", "h4", "h5", "h6",
    }  # fmt: skip


def test_an_empty_text_shows_nothing():
    assert to_html("") == ""
