"""A comment's words as HTML: paragraphs, lines and web addresses, and nothing that runs."""

import html5lib
import pytest

from comments.reading import texts
from tests.xss import PAYLOADS


def link(href, words=None):
    """A link as comments have it."""
    return f'<a href="{href}" rel="ugc nofollow noopener">{words or href}</a>'


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("One.", "<p>One.</p>"),
        ("One.\n\nTwo.\n \n\nThree.", "<p>One.</p><p>Two.</p><p>Three.</p>"),
        ("One,\r\ntwo\rthree", "<p>One,<br>two<br>three</p>"),
        ("1 < 2 & 'so'", "<p>1 &lt; 2 &amp; &#x27;so&#x27;</p>"),
        ("  \n", "<p></p>"),
    ],
)
def test_paragraphs_and_lines_are_kept_and_everything_is_escaped(body, html):
    assert texts.to_html(body) == html


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("See https://a.example/b.", f"See {link('https://a.example/b')}."),
        ("(http://a.example/b_(c)), and", f"({link('http://a.example/b_(c)')}), and"),
        (
            "HTTPS://A.example/?a=1&b=2",
            link("https://A.example/?a=1&amp;b=2", "HTTPS://A.example/?a=1&amp;b=2"),
        ),
        ("“https://a.example”", f"“{link('https://a.example')}”"),
        ("https:// and https://", "https:// and https://"),
        ("ftp://a.example www.a.example a.example", "ftp://a.example www.a.example a.example"),
        ("javascript://a.example/%0aalert(1)", "javascript://a.example/%0aalert(1)"),
        ("mailto:a@a.example a@a.example", "mailto:a@a.example a@a.example"),
    ],
)
def test_addresses_of_the_web_become_links_and_no_others(body, html):
    assert texts.to_html(body) == f"<p>{html}</p>"


def test_an_address_cannot_end_its_own_attribute():
    written = texts.to_html('https://a.example/"onmouseover="alert(1) https://a.example/\'><b>x')

    tree = html5lib.parse(written, namespaceHTMLElements=False)

    assert {one.tag for one in tree.iter()} == {"html", "head", "body", "p", "a"}
    assert {name for one in tree.iter("a") for name in one.attrib} == {"href", "rel"}


@pytest.mark.parametrize(
    "address", ["http://[", "http://[::1", "https://\ufffe", "http://%", "http://a\\b|c"]
)
def test_an_address_that_is_none_makes_no_error(address):
    assert texts.to_html(f"Look: {address}").startswith("<p>Look: ")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_is_shown_as_it_was_typed(payload):
    tree = html5lib.parse(texts.to_html(payload), namespaceHTMLElements=False)

    assert {one.tag for one in tree.iter()} <= {"html", "head", "body", "p", "br", "a"}
    assert all(one.get("href", "").startswith(("http://", "https://")) for one in tree.iter("a"))
    assert "".join("".join(tree.itertext()).split()) == "".join(payload.split())


def test_the_beginning_of_a_text_ends_between_words():
    assert texts.beginning("One two three", 20) == "One two three"
    assert texts.beginning("One\n\ntwo three four", 14) == "One two three…"
    assert texts.beginning("a" * 30, 10) == f"{'a' * 10}…"
